import type { SharedVehicle } from '../domain/shared-vehicle.ts'
import { type Caller, getIdentity } from './identity.ts'
import { permissions } from './permissions.ts'

/** The vehicles shared with the caller; of an editor only, with `role`. */
export function listSharedVehicles(req: Caller, role?: 'editor'): readonly SharedVehicle[] {
  const identity = getIdentity(req)
  if (identity.kind !== 'owner') return []
  return identity.sharedVehicles.filter((shared) => role === undefined || shared.role === role)
}

/** How a vehicle is shared with the caller; null if it is not. */
export const findSharedVehicle = (req: Caller, vehicle: unknown): SharedVehicle | null =>
  listSharedVehicles(req).find((shared) => shared.vehicle === vehicle) ?? null

/** What access to a vehicle depends on. `deletedAt` is set for a vehicle in the trash. */
export type AccessedVehicle = {
  id: string
  userId: string
  deletedAt?: string | null
}

/**
 * Whether the caller may see a vehicle and everything about it: its owner, its guests unless it is
 * in the trash, and admins. For code that has the vehicle; queries use `rules`.
 */
export const canReadVehicle = (req: Caller, vehicle: AccessedVehicle): boolean =>
  ownsVehicle(req, vehicle) || (!vehicle.deletedAt && findSharedVehicle(req, vehicle.id) !== null)

/** The same for changing it: not for guests who are viewers. */
export const canWriteVehicle = (req: Caller, vehicle: AccessedVehicle): boolean =>
  ownsVehicle(req, vehicle) ||
  (!vehicle.deletedAt && findSharedVehicle(req, vehicle.id)?.role === 'editor')

/** Whether a vehicle is the caller's own, or the caller is an admin. */
function ownsVehicle(req: Caller, { userId }: AccessedVehicle): boolean {
  const identity = getIdentity(req)
  return (
    permissions.isAnyAdmin({ req }) || (identity.kind === 'owner' && identity.subject === userId)
  )
}

/**
 * The subject of a caller who writes a row of somebody else as a guest; null for the owner of the
 * row, for admins, and for everybody else.
 */
export function findGuest(req: Caller, owner: unknown): string | null {
  const identity = getIdentity(req)
  if (identity.kind !== 'owner' || identity.garageAdmin || identity.subject === owner) return null
  return identity.subject
}
