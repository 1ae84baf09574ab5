import { NotFound, type PayloadRequest } from 'payload'
import type { Inventory } from '../generated/payload-types.ts'
import { asAnonymous } from './load-public-cars.ts'

/** A car on show as the public sees it. Throws a 404 for every other one, whoever asks. */
export async function requirePublicCar(req: PayloadRequest, id: string): Promise<Inventory> {
  const { docs } = await req.payload.find({
    collection: 'inventory',
    where: { id: { equals: id } },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: false,
    req: asAnonymous(req),
  })
  const [car] = docs
  if (car) return car
  throw new NotFound(req.t)
}

/** The absolute addresses of the photos of a car: a path on our own site gets the public origin. */
export function listImageUrls({ payload }: PayloadRequest, images: unknown): string[] {
  const urls = Array.isArray(images) ? images.filter((url) => typeof url === 'string') : []
  return urls.flatMap((url) => URL.parse(url, payload.config.serverURL)?.href ?? [])
}
