'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import type { z } from 'zod'
import { DEFAULT_PREFERENCES } from '../../domain/locale-preferences.ts'
import { formatVehicleName, type NamedVehicle } from '../../domain/vehicle-title.ts'
import type { VEHICLE_DUE } from '../../garage/endpoints/due-schemas.ts'
import {
  formatUntitledRow,
  isUntitledTable,
  type UntitledRow,
  type UntitledTable,
} from '../../garage/domain/row-title.ts'
import { useApi } from '../ui/use-api.ts'
import { useRowTitle } from '../ui/use-row-title.ts'
import { readRowId } from './read-row-id.ts'

/**
 * Gives a saved row that has no title of its own one that a person would say, in the header and the
 * breadcrumbs: `Fill-up, Nov 12, Camry`. Shows nothing itself.
 */
export function RowTitle() {
  const { id, collectionSlug, data } = useDocumentInfo()
  if (id === undefined || !data || !isUntitledTable(collectionSlug)) return null
  const vehicle = readRowId(data['vehicle'])
  return vehicle && <VehicleRowTitle row={data} table={collectionSlug} vehicle={vehicle} />
}

type Props = {
  row: UntitledRow
  table: UntitledTable
  vehicle: string
}

function VehicleRowTitle({ row, table, vehicle }: Props) {
  const path = `/vehicles/${encodeURIComponent(vehicle)}`
  const named = useApi<NamedVehicle>(`${path}?depth=0`, 0)
  const due = useApi<z.output<typeof VEHICLE_DUE>>(`${path}/due`, 0)
  const isLoaded = [named, due].every(({ value, problem }) => value ?? problem)
  const title = formatUntitledRow(table, row, {
    vehicle: named.value && formatVehicleName(named.value),
    timeZone: due.value?.timeZone ?? DEFAULT_PREFERENCES.timeZone,
    now: new Date(),
  })
  useRowTitle(isLoaded ? title : null)
  return null
}
