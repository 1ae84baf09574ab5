import type { DefaultServerCellComponentProps, SelectFieldClient } from 'payload'
import type { VehicleStatus } from '../../garage/domain/vehicle-status.ts'
import { VehicleStatusPill } from './vehicle-status-pill.tsx'

/** The status of a vehicle in the list. */
export function VehicleStatusCell({
  cellData,
}: DefaultServerCellComponentProps<SelectFieldClient, VehicleStatus | null>) {
  return cellData ? <VehicleStatusPill status={cellData} /> : null
}
