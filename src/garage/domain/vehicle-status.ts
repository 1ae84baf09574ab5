/** The life of a vehicle: in use, no longer driven, or sold. */
export const VEHICLE_STATUSES = ['active', 'archived', 'sold'] as const

export type VehicleStatus = (typeof VEHICLE_STATUSES)[number]

/** How people name a status. */
export const VEHICLE_STATUS_LABELS = {
  active: 'Active',
  archived: 'Archived',
  sold: 'Sold',
} as const satisfies Record<VehicleStatus, string>

/** What the status of a vehicle depends on; days as `YYYY-MM-DD`. */
export type VehicleLife = { isActive: boolean; soldDate: string | null }

/** A vehicle is in use, or archived, until the day of its sale; it is sold on that day. */
export function findVehicleStatus(
  { isActive, soldDate }: VehicleLife,
  today: string,
): VehicleStatus {
  if (soldDate !== null && soldDate <= today) return 'sold'
  return isActive ? 'active' : 'archived'
}
