import type { Payload } from 'payload'
import { cache } from 'react'
import { formatVehicleName } from '../../domain/vehicle-title.ts'
import { batchLookups } from '../cells/batch-lookups.ts'
import { createViewerRequest } from '../cells/viewer-request.ts'

/**
 * Finds what a person calls a vehicle by its ID, with the viewer's access. Undefined for a vehicle
 * that does not exist, is in the trash, or may not be read.
 */
export const loadVehicleNames = cache((payload: Payload) =>
  batchLookups((ids) => loadNames(payload, ids)),
)

async function loadNames(payload: Payload, ids: string[]): Promise<Map<string, string>> {
  const { docs } = await payload.find({
    collection: 'vehicles',
    where: { id: { in: ids } },
    select: {
      nickname: true,
      year: true,
      make: true,
      model: true,
      vin: true,
      licensePlate: true,
    },
    limit: ids.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req: await createViewerRequest(payload),
  })
  return new Map(docs.map((vehicle) => [vehicle.id, formatVehicleName(vehicle)]))
}
