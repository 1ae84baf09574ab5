import { z } from 'zod'
import type { EndpointContext } from '../../api/callers.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import type { Vehicle } from '../../generated/payload-types.ts'
import type { OwnerUnits } from '../domain/units.ts'
import { loadOwnerUnits } from '../store/owner-units.ts'

/** The path parameter that identifies a vehicle. */
export const VEHICLE_ID = z.object({ id: uuidInput() })

/**
 * Loads the vehicle of the path, and the units of its owner. Throws 403 or 404 if the caller may
 * not read it, as the vehicle itself does. An admin’s access is recorded.
 */
export async function loadRequestedVehicle(
  { req }: EndpointContext,
  { id }: z.output<typeof VEHICLE_ID>,
): Promise<{ vehicle: Vehicle; units: OwnerUnits }> {
  const vehicle = await req.payload.findByID({
    collection: 'vehicles',
    id,
    depth: 0,
    joins: false,
    overrideAccess: false,
    req,
  })
  return { vehicle, units: await loadOwnerUnits(getTransaction(req).db, vehicle.userId) }
}
