import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { notifyCustomer } from '../../submissions/notify-customer.ts'
import { runStep } from '../run-step.ts'
import { PARAGRAPH, STEP_ANSWER, SUBMISSION_ID } from './schemas.ts'

const managers = callers.managers('submissions')
const refusals = [400, 401, 403, 404, 409]

/**
 * POST /api/pending-submissions/:id/start-review: takes a submission into review. Assigns it to the
 * caller unless it is assigned; the customer gets a mail.
 */
export const startReview = endpoint({
  method: 'post',
  path: '/:id/start-review',
  summary: 'Start the review of a submission',
  access: managers,
  params: SUBMISSION_ID,
  response: describeJson('The submission is in review.', STEP_ANSWER),
  refusals,
  handler: async ({ req }, { params: { id } }) => {
    await runStep(req, {
      submission: id,
      to: 'in_review',
      action: 'submission_start_review',
      work: () => notifyCustomer(req, id, 'in_review'),
    })
    return { status: 'in_review' as const, message: 'The submission is in review.' }
  },
})

/**
 * POST /api/pending-submissions/:id/ask { question }: asks the customer for facts or photos. They
 * get a mail with the question and answer by the link in it.
 */
export const askCustomer = endpoint({
  method: 'post',
  path: '/:id/ask',
  summary: 'Ask the customer for more information or photos',
  access: managers,
  params: SUBMISSION_ID,
  body: z.strictObject({ question: PARAGRAPH.describe('What the customer reads.') }),
  bodyExample: '{ "question": "Please add a photo of the odometer." }',
  response: describeJson('The customer was asked.', STEP_ANSWER),
  refusals,
  handler: async ({ req }, { params: { id }, body: { question } }) => {
    await runStep(req, {
      submission: id,
      to: 'info_wanted',
      action: 'submission_ask',
      question,
      work: () => notifyCustomer(req, id, 'info_wanted'),
    })
    return { status: 'info_wanted' as const, message: 'The customer was asked.' }
  },
})

/**
 * POST /api/pending-submissions/:id/reject { reason }: rejects a submission. The reason is kept
 * with it, and the customer gets a mail.
 */
export const rejectSubmission = endpoint({
  method: 'post',
  path: '/:id/reject',
  summary: 'Reject a submission',
  access: managers,
  params: SUBMISSION_ID,
  body: z.strictObject({ reason: PARAGRAPH.describe('Why it is rejected.') }),
  bodyExample: '{ "reason": "We do not buy cars with a salvage title." }',
  response: describeJson('The submission is rejected.', STEP_ANSWER),
  refusals,
  handler: async ({ req }, { params: { id }, body: { reason } }) => {
    await runStep(req, {
      submission: id,
      to: 'rejected',
      action: 'submission_reject',
      rejectionReason: reason,
      work: () => notifyCustomer(req, id, 'rejected'),
    })
    return { status: 'rejected' as const, message: 'The submission is rejected.' }
  },
})
