import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { lineInput, uuidInput } from '../../domain/input-schemas.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { amountToCents, formatMoney } from '../../domain/money.ts'
import { AMOUNT, CAR_ANSWER } from './car-schemas.ts'

const BODY = z.strictObject({
  price: AMOUNT.describe('The new price.'),
  expectedPrice: AMOUNT.optional().describe(
    'The price that this change is based on. If the car has another price, nothing is changed.',
  ),
  reason: z.enum(['edit', 'suggestion']).optional().describe('By default, edit.'),
  note: lineInput().max(500).optional().describe('For the history of the price.'),
})

/**
 * POST /api/inventory/:id/price: changes the price of a car and records who did it and why.
 * Responds with 409 if the car does not have the expected price; then nothing is changed.
 */
export const changePrice = endpoint({
  method: 'post',
  path: '/:id/price',
  summary: 'Change the price of a car and record why',
  access: callers.managers('the prices of cars'),
  params: z.object({ id: uuidInput() }),
  body: BODY,
  bodyExample: '{ "price": 23900, "expectedPrice": 24500, "reason": "suggestion" }',
  response: describeJson('The car at the price.', CAR_ANSWER),
  refusals: [400, 401, 403, 404, 409],
  handler: async ({ req }, { params: { id }, body: { price, ...priceChange } }) => {
    const doc = await req.payload.update({
      collection: 'inventory',
      id,
      data: { price },
      depth: 0,
      context: { priceChange },
      overrideAccess: false,
      req,
    })
    const money = { cents: amountToCents(doc.price), currency: getCurrency(req.payload.config) }
    return { doc: { ...doc }, message: `${doc.title} costs ${formatMoney(money)} now.` }
  },
})
