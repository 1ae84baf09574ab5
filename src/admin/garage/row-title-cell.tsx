import type { DefaultServerCellComponentProps, UIFieldClient } from 'payload'
import { DEFAULT_PREFERENCES } from '../../domain/locale-preferences.ts'
import { formatUntitledRow, isUntitledTable } from '../../garage/domain/row-title.ts'
import { RowLink } from '../cells/row-link.tsx'
import { loadPreferences } from './load-preferences.ts'
import { loadVehicleNames } from './load-vehicle-names.ts'
import { readRowId } from './read-row-id.ts'

type Props = DefaultServerCellComponentProps<UIFieldClient>

/** The title of a row that has none of its own, in lists: `Fill-up, Nov 12, Camry`. */
export async function RowTitleCell({ collectionSlug, link, payload, rowData }: Props) {
  if (!isUntitledTable(collectionSlug)) return '–'
  const [vehicle, owner] = [readRowId(rowData['vehicle']), String(rowData['userId'])]
  const [name, preferences] = await Promise.all([
    vehicle === null ? undefined : loadVehicleNames(payload)(vehicle),
    loadPreferences(payload)(owner),
  ])
  const title = formatUntitledRow(collectionSlug, rowData, {
    vehicle: name ?? null,
    timeZone: preferences?.timeZone ?? DEFAULT_PREFERENCES.timeZone,
    now: new Date(),
  })
  if (!link) return title
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {title}
    </RowLink>
  )
}
