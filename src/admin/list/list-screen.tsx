import type { ListViewClientProps, ListViewServerProps } from 'payload'
import { canCreateInPanel } from '../../fields/not-yet.ts'
import { findEmptyReason } from './empty-reason.ts'
import { ListOrReason } from './list-or-reason.tsx'

/** Payload's own list with a reason when it is empty. It offers only what the API allows. */
export async function ListScreen(props: ListViewServerProps & ListViewClientProps) {
  const { collectionConfig, data, payload, hasCreatePermission } = props
  const reason = data.totalDocs === 0 ? await findEmptyReason(payload, collectionConfig) : null
  const mayCreate =
    hasCreatePermission && canCreateInPanel(collectionConfig) && reason?.blocks !== true
  return (
    <ListOrReason
      {...pickClientProps(props)}
      hasCreatePermission={mayCreate}
      reason={reason?.message ?? null}
    />
  )
}

/** Props that Payload adds for server components and that client components cannot receive. */
const SERVER_ONLY = [
  'collectionConfig',
  'data',
  'i18n',
  'limit',
  'listSearchableFields',
  'locale',
  'params',
  'payload',
  'permissions',
  'searchParams',
  'user',
]

const pickClientProps = (props: ListViewServerProps & ListViewClientProps): ListViewClientProps =>
  Object.fromEntries(
    Object.entries(props).filter(([name]) => !SERVER_ONLY.includes(name)),
  ) as unknown as ListViewClientProps
