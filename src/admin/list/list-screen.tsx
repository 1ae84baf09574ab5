import type { ListViewClientProps, ListViewServerProps } from 'payload'
import { canCreateInPanel } from '../../fields/not-yet.ts'
import { findEmptyReason } from './empty-reason.ts'
import { ListOrReason } from './list-or-reason.tsx'

/**
 * The list of a table: Payload's own, which is given the reason when it is empty, and offers only
 * what the API takes.
 */
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

/**
 * What Payload adds for components on the server, and a component in the browser can't be given.
 */
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
