import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { admitSubmission } from '../admit-submission.ts'
import { createSubmission } from '../create-submission.ts'
import { OFFER, OFFER_EXAMPLE } from './input.ts'

const CREATED = z.strictObject({
  reference: z.string().describe('What the customer calls the submission: FC-7K3M-9QXT.'),
  url: z.url().describe('The signed address of the page on which the customer follows it.'),
  status: z.literal('pending'),
  message: z.string().optional().describe('What should be checked again; see warnings.'),
  warnings: z
    .array(z.strictObject({ field: z.string(), code: z.string(), message: z.string() }))
    .optional(),
})

/** POST /api/submissions: anybody offers us a car. Photos follow, by the signed link. */
export const submitCar = endpoint({
  method: 'post',
  path: '/submissions',
  summary: 'Offer us a car. Its photos are added afterwards, by the signed link in the response',
  access: callers.anybody,
  admit: admitSubmission,
  body: OFFER,
  bodyExample: OFFER_EXAMPLE,
  status: 201,
  response: describeJson('The submission was received.', CREATED),
  refusals: [400, 409, 429],
  handler: async ({ req }, { body }) => {
    const { reference, url } = await createSubmission(req, body)
    return { reference, url, status: 'pending' as const }
  },
})
