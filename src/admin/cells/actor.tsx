import { FieldLabel } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type {
  DefaultServerCellComponentProps,
  Payload,
  TextFieldClient,
  TextFieldServerProps,
} from 'payload'
import { parseActor } from '../../domain/stored-actor.ts'
import { loadOwners } from '../garage/load-owners.ts'
import { RowLink } from './row-link.tsx'
import { loadRowTitles } from './row-titles.ts'
import './actor.css'

type CellProps = DefaultServerCellComponentProps<TextFieldClient, string | null>

/** The actor's name, in a list. */
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

/** The actor's name in a form, with the stored value below it. */
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
 * The name of a staff member or the e-mail address of an owner; the stored value if neither is
 * found.
 */
async function findName(payload: Payload, storedActor: string): Promise<string> {
  const actor = parseActor(storedActor)
  if (actor.kind === 'purged') return 'Deleted account'
  if (actor.kind === 'staff')
    return (await loadRowTitles(payload, 'users')(actor.id)) ?? storedActor
  return (await loadOwners(payload)(actor.subject))?.email ?? storedActor
}
