import { VEHICLE_STATUS_LABELS, type VehicleStatus } from '../../garage/domain/vehicle-status.ts'
import '../ui/cells.css'
import './vehicle-status.css'

/** Whether a vehicle is in use, archived or sold. */
export function VehicleStatusPill({ status }: { status: VehicleStatus }) {
  return (
    <span className={`status-pill vehicle-status--${status}`}>{VEHICLE_STATUS_LABELS[status]}</span>
  )
}
