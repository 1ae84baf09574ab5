import type { DefaultServerCellComponentProps, UIFieldClient } from 'payload'
import { formatUntitledRow, isUntitledTable } from '../../garage/domain/row-title.ts'
import { RowLink } from '../cells/row-link.tsx'
import { loadOwnerUnits } from './load-owner-units.ts'
import { loadVehicleNames } from './load-vehicle-names.ts'
import { readRowId } from './read-row-id.ts'

type Props = DefaultServerCellComponentProps<UIFieldClient>

/** The title of a row that has none of its own, in lists: `Fill-up, Nov 12, Camry`. */
export async function RowTitleCell({ collectionSlug, link, payload, rowData }: Props) {
  if (!isUntitledTable(collectionSlug)) return '–'
  const vehicle = readRowId(rowData['vehicle'])
  const [name, { timeZone }] = await Promise.all([
    vehicle === null ? undefined : loadVehicleNames(payload)(vehicle),
    loadOwnerUnits(payload, rowData['userId']),
  ])
  const title = formatUntitledRow(collectionSlug, rowData, {
    vehicle: name ?? null,
    timeZone,
    now: new Date(),
  })
  if (!link) return title
  return (
    <RowLink collectionSlug={collectionSlug} payload={payload} rowData={rowData}>
      {title}
    </RowLink>
  )
}
