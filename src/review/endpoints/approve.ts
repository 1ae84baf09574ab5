import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { lineInput } from '../../domain/input-schemas.ts'
import { normalizeVin } from '../../domain/vin.ts'
import { approve } from '../approve-submission.ts'
import { AMOUNT, STATUS, SUBMISSION_ID } from './schemas.ts'

const BODY = z.strictObject({
  price: AMOUNT.optional().describe(
    'What the car is offered for. Required; the asking price of the customer is never used.',
  ),
  cost: AMOUNT.optional().describe('What we pay. By default, the offer of the appraisal.'),
  mileage: z
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('In miles. By default, what the customer gave; required if that is missing.'),
  vin: lineInput()
    .max(30)
    .transform(normalizeVin)
    .optional()
    .describe('Required if the submission has none.'),
  stockNumber: lineInput().min(1).max(50).optional().describe('By default, from the VIN.'),
  status: z.enum(['available', 'hold']).default('available'),
  serviceRecords: z.boolean().optional().describe('Whether service records are available.'),
})

const ANSWER = z.strictObject({
  status: STATUS,
  car: z.strictObject({
    id: z.uuid(),
    title: z.string(),
    relisted: z.boolean().describe('Whether it was sold here before: it is the same row again.'),
  }),
  message: z.string(),
  warnings: z
    .array(z.strictObject({ field: z.string(), code: z.string(), message: z.string() }))
    .optional()
    .describe('What should be checked again about the car.'),
})

/**
 * POST /api/pending-submissions/:id/approve: approves a submission and makes the car, with its
 * photos, in one transaction. Of several approvals at the same time, one succeeds; the others get a
 * 409.
 */
export const approveSubmission = endpoint({
  method: 'post',
  path: '/:id/approve',
  summary: 'Approve a submission: it becomes a car on the lot',
  access: callers.managers('submissions'),
  params: SUBMISSION_ID,
  body: BODY,
  bodyExample: '{ "price": 23900, "mileage": 48200, "status": "available" }',
  response: describeJson('The car.', ANSWER),
  refusals: [400, 401, 403, 404, 409],
  handler: async ({ req }, { params: { id }, body }) => {
    const car = await approve(req, id, body)
    const verb = car.relisted ? 'is back on the lot' : 'is on the lot'
    return { status: 'approved' as const, car, message: `${car.title} ${verb}.` }
  },
})
