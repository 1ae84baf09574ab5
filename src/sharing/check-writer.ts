import { APIError, Forbidden, type PayloadRequest } from 'payload'
import { findGuest, findSharedVehicle } from '../access/vehicle-access.ts'
import { getTransaction } from '../database/transaction.ts'
import { isEditor } from './store/guests.ts'

const NOT_YOURS =
  'This belongs to another owner now: the vehicle was transferred. Nothing was changed. Your ' +
  'vehicles are listed at /api/vehicles.'

/** Whose row a write is about to change: the subject of its owner, and its vehicle. */
export type WrittenRow = { owner: string; vehicle: string | null }

/**
 * Refuses the write of an owner who has lost access since the request was authenticated: 404 if the
 * vehicle was transferred, 403 for a guest whose share ended or became a viewer’s. Call it once the
 * row is locked. Admins and the owner of the row pass.
 */
export async function checkWriter(
  req: PayloadRequest,
  { owner, vehicle }: WrittenRow,
): Promise<void> {
  if (findGuest(req, owner) === null) return
  if (vehicle === null || findSharedVehicle(req, vehicle) === null)
    throw new APIError(NOT_YOURS, 404, undefined, true)
  await requireEditor(req, vehicle)
}

/** Throws 403 for everybody with whom a vehicle is not shared as an editor. Locks the vehicle. */
export async function requireEditor(req: PayloadRequest, vehicle: string): Promise<void> {
  const guest = findGuest(req, null)
  const { db } = getTransaction(req)
  if (guest === null || !(await isEditor(db, { vehicle, guest }))) throw new Forbidden(req.t)
}
