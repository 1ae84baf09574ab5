import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { findUploadName } from '../../domain/photo-url.ts'
import { integerInput } from '../../domain/input-schemas.ts'
import { getLotTimeZone } from '../../lot/time-zone.ts'
import { listImageUrls } from '../require-car.ts'
import { listRecentlySold, SOLD_DAYS } from '../store/recently-sold.ts'

/** Days pass without a write: an answer is at most ten minutes old. */
const MAX_AGE_SECONDS = 600

const SOLD = z.strictObject({
  year: z.number().int(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  photo: z
    .string()
    .nullable()
    .describe('The first photo. Null for an uploaded photo: those are private after the sale.'),
  soldOn: z.iso.date().describe('The day of the sale at the dealership.'),
})

/**
 * GET /api/inventory/recently-sold: what shows that the lot sells. What identifies a car or its
 * buyer stays private: VIN, stock number, price and the address of the page.
 */
export const getRecentlySold = endpoint({
  method: 'get',
  path: '/recently-sold',
  summary: `Return the cars that were sold in the last ${SOLD_DAYS} days`,
  access: callers.anybody,
  query: z.object({ limit: integerInput(1, 50).default(12) }),
  shared: { tables: ['inventory'], seconds: MAX_AGE_SECONDS },
  response: describeJson('The cars, latest first.', z.strictObject({ docs: z.array(SOLD) })),
  refusals: [400, 429],
  handler: async ({ req }, { query: { limit } }) => {
    const { payload } = req
    const { db } = getTransaction(req)
    const cars = await listRecentlySold(db, { timeZone: getLotTimeZone(payload), limit })
    const origins = [payload.config.serverURL]
    const docs = cars.map(({ photo, ...car }) => {
      const [url = null] = listImageUrls(req, [photo])
      return { ...car, photo: url && findUploadName(url, origins) ? null : url }
    })
    return { docs }
  },
})
