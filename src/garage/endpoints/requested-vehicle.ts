import { APIError, NotFound } from 'payload'
import { z } from 'zod'
import type { EndpointContext } from '../../api/callers.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import type { Vehicle } from '../../generated/payload-types.ts'
import type { OwnerUnits } from '../domain/units.ts'
import { loadOwnerUnits } from '../store/owner-units.ts'

/** The same for a vehicle of somebody else, so that nothing is revealed about it. */
const MISSING = 'You have no such vehicle. Your vehicles are listed at /api/vehicles.'

/** The path parameter that identifies a vehicle. */
export const VEHICLE_ID = z.object({ id: uuidInput() })

/**
 * Loads the vehicle of the path, and the units of its owner. Throws 403 or 404 if the caller may
 * not read it, as the vehicle itself does; the 404 says where their vehicles are. An admin’s access
 * is recorded.
 */
export async function loadRequestedVehicle(
  { req }: EndpointContext,
  { id }: z.output<typeof VEHICLE_ID>,
): Promise<{ vehicle: Vehicle; units: OwnerUnits }> {
  const vehicle = await req.payload
    .findByID({
      collection: 'vehicles',
      id,
      depth: 0,
      joins: false,
      overrideAccess: false,
      req,
    })
    .catch((error: unknown) => {
      throw error instanceof NotFound ? new APIError(MISSING, 404, undefined, true) : error
    })
  return { vehicle, units: await loadOwnerUnits(getTransaction(req).db, vehicle.userId) }
}
