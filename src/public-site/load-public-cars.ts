import { isolateObjectProperty, type PayloadRequest } from 'payload'
import { getService } from '../services.ts'

declare module '../services.ts' {
  interface Services {
    publicCars: PublicCarReader
  }
}

/** A car as the public sees it in lists; what it contains is decided there. */
export type PublicCar = { id: string }

/** Reads cars by their IDs, in no order; null if only Payload can read them. */
type ReadCars = (ids: readonly string[]) => Promise<readonly PublicCar[] | null>

/** The fast way to read the cars of a page, which a server provides. */
export class PublicCarReader {
  #readCars: ReadCars | null = null

  /** Begins to read in this way. */
  connect(readCars: ReadCars): void {
    this.#readCars = readCars
  }

  /** Null if only Payload can read them, or without a connection. */
  async read(ids: readonly string[]): Promise<readonly PublicCar[] | null> {
    return this.#readCars === null ? null : this.#readCars(ids)
  }
}

/**
 * The same request of somebody who is not signed in: what everyone may see does not depend on who
 * asks.
 */
export function asAnonymous(req: PayloadRequest): PayloadRequest {
  const own = isolateObjectProperty(req, ['user', 'payloadAPI', 'query'])
  own.user = null
  own.payloadAPI = 'local'
  own.query = {}
  return own
}

/** Loads cars as the public sees them, in the order of the ids; without those it may not see. */
export async function loadPublicCars(
  req: PayloadRequest,
  ids: readonly string[],
): Promise<PublicCar[]> {
  if (ids.length === 0) return []
  const read = await getService(req.payload, 'publicCars').read(ids)
  const byId = new Map((read ?? (await findCars(req, ids))).map((car) => [car.id, car]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

async function findCars(
  req: PayloadRequest,
  ids: readonly string[],
): Promise<readonly PublicCar[]> {
  const { docs } = await req.payload.find({
    collection: 'inventory',
    where: { id: { in: [...ids] } },
    depth: 0,
    limit: ids.length,
    pagination: false,
    overrideAccess: false,
    req: asAnonymous(req),
  })
  return docs
}
