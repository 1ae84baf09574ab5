import { Readable } from 'node:stream'
import type { ReadableStream as ByteStream } from 'node:stream/web'
import { APIError, NotFound } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { loadCarImages } from '../store/car-photos.ts'
import { zipPhotos } from '../zip-photos.ts'

/** GET /api/inventory/:id/photos.zip: our photos of a car as JPEG, for forms of other sites. */
export const downloadPhotos = endpoint({
  method: 'get',
  path: '/:id/photos.zip',
  summary: 'Download the photos of a car as JPEG in a ZIP',
  access: callers.staff('the photos of a car in a ZIP'),
  params: z.object({ id: uuidInput() }),
  response: describeBytes(
    'The uploaded photos in their order. What is not included is listed in a text file.',
    'application/zip',
  ),
  refusals: [401, 403, 404],
  load: async ({ req }, { id }) => {
    const [car] = await loadCarImages(getTransaction(req).db, [id], { all: true })
    if (!car) throw new NotFound(req.t)
    return { car }
  },
  handler: async ({ req, car: { images, title } }) => {
    if (!images || images.length === 0)
      throw new APIError('This car has no photos.', 404, undefined, true)
    const zip = Readable.toWeb(zipPhotos(req, images)) as ByteStream<Uint8Array>
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${buildFileName(title)}"`,
    }
    return new Response(zip as ReadableStream, { headers })
  },
})

/** `2018 Ford Mustang` is `2018-Ford-Mustang-photos.zip`. */
const buildFileName = (title: string | null): string =>
  `${(title ?? 'car').replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '')}-photos.zip`
