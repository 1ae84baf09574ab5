import { z } from 'zod'
import type { EndpointContext } from '../../api/callers.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import type { Station } from '../../generated/payload-types.ts'

/** The path parameter that identifies a station. */
export const STATION_ID = z.object({ id: uuidInput() })

/** Loads the station of the path. Throws 404 if there is none that the caller may read. */
export async function loadRequestedStation(
  { req }: EndpointContext,
  { id }: z.output<typeof STATION_ID>,
): Promise<{ station: Station }> {
  const station = await req.payload.findByID({
    collection: 'stations',
    id,
    depth: 0,
    overrideAccess: false,
    req,
  })
  return { station }
}
