import { FieldLabel } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type {
  DefaultServerCellComponentProps,
  Payload,
  TextFieldClient,
  TextFieldServerProps,
} from 'payload'
import { parseActor } from '../../domain/actor.ts'
import { loadOwners } from '../garage/load-owners.ts'
import { RowLink } from './row-link.tsx'
import { loadRowTitles } from './row-titles.ts'
import './actor.css'

type CellProps = DefaultServerCellComponentProps<TextFieldClient, string | null>

/** Who did something, by name, in a list. */
export async function ActorCell({ cellData, collectionSlug, link, payload, rowData }: CellProps) {
  const name = cellData ? await findName(payload, cellData) : '–'
  const label = <span title={cellData ?? ''}>{name}</span>
  if (!link) return label
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {label}
    </RowLink>
  )
}

/** The same in the form of a row, with what is stored under it. */
export async function ActorField({
  clientField,
  data,
  field,
  path,
  payload,
}: TextFieldServerProps & { path: string }) {
  const stored: unknown = (data as Record<string, unknown>)[field.name]
  return (
    <div className="field-type text actor-field" style={mergeFieldStyles(clientField)}>
      <FieldLabel label={typeof field.label === 'string' ? field.label : field.name} path={path} />
      <strong>
        {typeof stored === 'string' && stored !== '' ? await findName(payload, stored) : '–'}
      </strong>
      {typeof stored === 'string' && <small>{stored}</small>}
    </div>
  )
}

/**
 * The name of a member of staff, or the e-mail of an owner; what is stored where neither is known.
 */
async function findName(payload: Payload, storedActor: string): Promise<string> {
  const actor = parseActor(storedActor)
  if (actor.kind === 'purged') return 'Deleted account'
  if (actor.kind === 'staff')
    return (await loadRowTitles(payload, 'users')(actor.id)) ?? storedActor
  return (await loadOwners(payload)(actor.subject))?.email ?? storedActor
}
