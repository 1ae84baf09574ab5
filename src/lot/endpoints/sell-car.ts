import { type PayloadRequest, ValidationError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { lineInput, uuidInput } from '../../domain/input-schemas.ts'
import { formatMoney, amountToCents } from '../../domain/money.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { findNoon } from '../store/lot-days.ts'
import { getLotDay, getLotTimeZone } from '../time-zone.ts'
import { AMOUNT, CAR_ANSWER, DAY } from './car-schemas.ts'

const BODY = z.strictObject({
  price: AMOUNT.describe('What the buyer paid.'),
  soldOn: DAY.optional().describe('The day of the sale at the dealership. By default, today.'),
  buyerNote: lineInput().max(500).optional().describe('Who bought it, for staff only.'),
})

/**
 * POST /api/inventory/:id/sell: marks a car as sold, with the price, the day and a note about the
 * buyer. Responds with 409 if it is sold already, also to all but one of concurrent requests.
 */
export const sellCar = endpoint({
  method: 'post',
  path: '/:id/sell',
  summary: 'Mark a car as sold',
  access: callers.managers('the cars'),
  params: z.object({ id: uuidInput() }),
  body: BODY,
  bodyExample: '{ "price": 23900, "soldOn": "2026-03-31" }',
  response: describeJson('The sold car.', CAR_ANSWER),
  refusals: [400, 401, 403, 404, 409],
  handler: async ({ req }, { params: { id }, body: { price, soldOn, buyerNote } }) => {
    const doc = await req.payload.update({
      collection: 'inventory',
      id,
      data: { status: 'sold', ...(buyerNote !== undefined && { buyerNote }) },
      depth: 0,
      context: { sale: { price, ...(await findSaleTime(req, soldOn)) } },
      overrideAccess: false,
      req,
    })
    const paid = formatMoney({
      cents: amountToCents(price),
      currency: getCurrency(req.payload.config),
    })
    return { doc: { ...doc }, message: `${doc.title} is sold for ${paid}.` }
  },
})

/** When the car was sold: now, or at noon of an earlier day. Throws a 400 for a later day. */
async function findSaleTime(
  req: PayloadRequest,
  soldOn: string | undefined,
): Promise<{ soldAt: string; soldOn: string }> {
  const now = new Date()
  const today = getLotDay(req.payload, now)
  if (soldOn === undefined || soldOn === today) return { soldAt: now.toISOString(), soldOn: today }
  if (soldOn > today) {
    const message = `must be today, ${today}, or earlier`
    throw new ValidationError({ errors: [{ path: 'soldOn', message }] }, req.t)
  }
  const noon = await findNoon(req, soldOn, getLotTimeZone(req.payload))
  return { soldAt: noon.toISOString(), soldOn }
}
