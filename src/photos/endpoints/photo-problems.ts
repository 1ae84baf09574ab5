import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { listDeadPhotos } from '../store/photo-checks.ts'

const MAX_LISTED = 200

/** GET /api/inventory/photo-problems */
export const PHOTO_PROBLEMS = z.strictObject({
  docs: z.array(
    z.strictObject({
      car: z.string(),
      title: z.string().nullable(),
      url: z.string(),
      position: z.number().int().describe('Which photo of the car it is, counted from 1.'),
      status: z.number().int().nullable().describe('Of the last response; null without one.'),
      problem: z.string(),
      failingSince: z.iso.datetime(),
    }),
  ),
})

export type PhotoProblems = z.infer<typeof PHOTO_PROBLEMS>

/**
 * GET /api/inventory/photo-problems?car=: the photos of unsold cars that two nightly checks in a
 * row did not find.
 */
export const listPhotoProblems = endpoint({
  method: 'get',
  path: '/photo-problems',
  summary: 'Return photos of cars that are no longer there',
  access: callers.staff('the photos that are gone'),
  query: z.object({ car: uuidInput().optional().describe('Only the photos of this car.') }),
  response: describeJson(`At most ${MAX_LISTED} photos, by car.`, PHOTO_PROBLEMS),
  refusals: [400, 401, 403],
  handler: async ({ req }, { query: { car = null } }) => {
    const found = await listDeadPhotos(getTransaction(req).db, { car, limit: MAX_LISTED })
    const docs = found.map(({ failingSince, ...photo }) => ({
      ...photo,
      failingSince: failingSince.toISOString(),
    }))
    return { docs }
  },
})
