import { NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { cacheKeys } from '../../cache/keys.ts'
import { cached } from '../../cache/read-cache.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { loadPhotos } from '../load-photos.ts'

const MAX_CARS = 100

const PHOTO = z.strictObject({
  url: z.string().describe('The photo itself, at most 1920 pixels wide and high.'),
  isOwn: z.boolean().describe('Whether it was uploaded here. Photos on other sites have only url.'),
  alt: z.string().describe('Its description; the title of the car if it has none.'),
  width: z.number().int().nullable().describe('In pixels, of url.'),
  height: z.number().int().nullable(),
  srcset: z
    .strictObject({ avif: z.string(), webp: z.string() })
    .nullable()
    .describe('For the attribute srcset of each format. Null until the sizes are made.'),
  placeholder: z.string().nullable().describe('A tiny picture as a data URL.'),
})

/** GET /api/inventory/photos */
export const CARS_PHOTOS = z.strictObject({
  docs: z
    .array(z.strictObject({ id: z.string(), photos: z.array(PHOTO) }))
    .describe('In the order of ids; cars that the caller may not see are left out.'),
})

/** GET /api/inventory/:id/photos */
export const CAR_PHOTOS = z.strictObject({ photos: z.array(PHOTO).describe('In display order.') })

const IDS = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(uuidInput()).min(1).max(MAX_CARS))
  .describe(`The IDs of up to ${MAX_CARS} cars, separated by commas.`)

/** The tables whose changes drop cached photos. */
const TAGS = ['inventory', 'media', 'photo_sizes', 'photo_preparations']

/** GET /api/inventory/photos?ids=: the photos of a page of cars, with their sizes. */
export const listCarsPhotos = endpoint({
  method: 'get',
  path: '/photos',
  summary: 'Return the photos of several cars with their sizes',
  access: callers.anybody,
  query: z.object({ ids: IDS }),
  response: describeJson('The photos of each car.', CARS_PHOTOS),
  refusals: [400],
  handler: ({ req }, { query: { ids } }) =>
    respond(req, ids.join(','), async (all) => ({ docs: await loadPhotos(req, ids, { all }) })),
})

/** GET /api/inventory/:id/photos: the photos of a car, with their sizes. */
export const listCarPhotos = endpoint({
  method: 'get',
  path: '/:id/photos',
  summary: 'Return the photos of a car with their sizes',
  access: callers.anybody,
  params: z.object({ id: uuidInput() }),
  response: describeJson('The photos.', CAR_PHOTOS),
  refusals: [404],
  handler: ({ req }, { params: { id } }) =>
    respond(req, id, async (all) => {
      const [car] = await loadPhotos(req, [id], { all })
      if (!car) throw new NotFound(req.t)
      return { photos: car.photos }
    }),
})

/** Responds to staff with every car, uncached, and to everyone else with available ones. */
async function respond(
  req: PayloadRequest,
  field: string,
  load: (all: boolean) => Promise<object>,
): Promise<Response> {
  if (permissions.isStaff({ req })) return Response.json(await load(true))
  const response = await cached(
    req,
    cacheKeys.publicPhotos(),
    `${req.pathname} ${field}`,
    TAGS,
    () => load(false),
  )
  response.headers.set('cache-control', req.user ? 'no-store' : 'no-cache')
  return response
}
