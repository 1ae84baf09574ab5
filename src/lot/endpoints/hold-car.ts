import { ValidationError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { lineInput, uuidInput } from '../../domain/input-schemas.ts'
import { getLotDay } from '../time-zone.ts'
import { CAR_ANSWER, DAY } from './car-schemas.ts'

const BODY = z.strictObject({
  until: DAY.optional().describe(
    'The last day of the hold at the dealership. By default, the car stays on hold.',
  ),
  note: lineInput().max(500).optional().describe('For whom it is held, for staff only.'),
})

/**
 * POST /api/inventory/:id/hold: puts a car on hold, until a day or until someone makes it
 * available. A car that is on hold gets the new day and note.
 */
export const holdCar = endpoint({
  method: 'post',
  path: '/:id/hold',
  summary: 'Put a car on hold',
  access: callers.managers('the cars'),
  params: z.object({ id: uuidInput() }),
  body: BODY,
  bodyExample: '{ "until": "2026-03-31", "note": "for Ann" }',
  response: describeJson('The car on hold.', CAR_ANSWER),
  refusals: [400, 401, 403, 404, 409],
  handler: async ({ req }, { params: { id }, body: { until = null, note = null } }) => {
    const today = getLotDay(req.payload, new Date())
    if (until !== null && until < today) {
      const message = `must be today, ${today}, or later`
      throw new ValidationError({ errors: [{ path: 'until', message }] }, req.t)
    }
    const doc = await req.payload.update({
      collection: 'inventory',
      id,
      data: { status: 'hold', heldUntilDate: until, buyerNote: note },
      depth: 0,
      overrideAccess: false,
      req,
    })
    const end = until === null ? '' : ` until ${until}`
    return { doc: { ...doc }, message: `${doc.title} is on hold${end}.` }
  },
})
