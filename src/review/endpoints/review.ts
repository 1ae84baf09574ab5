import { NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { buildRowSchema, describeJson } from '../../api/openapi/operation.ts'
import { computeCustomerShare } from '../domain/customer-share.ts'
import { listReviewActions, REVIEW_ACTIONS } from '../domain/review-actions.ts'
import { createNoSubmissionError } from '../run-step.ts'
import { amountToCents, centsToAmount } from '../../domain/money.ts'
import type { Appraisal, PendingSubmission } from '../../generated/payload-types.ts'
import { isOpenStatus } from '../../submissions/domain/status.ts'
import { FLAG, loadFlags } from '../../submissions/store/flags.ts'
import { findCarOfSubmission } from '../store/cars.ts'
import { findAssignee, listReviewers } from '../store/reviewers.ts'
import { listSteps } from '../store/steps.ts'
import { STATUS, SUBMISSION_ID } from './schemas.ts'

const PERSON = z.strictObject({ id: z.uuid(), name: z.string() })

const ANSWER = z.strictObject({
  submission: buildRowSchema('pending-submissions'),
  steps: z
    .array(
      z.strictObject({
        status: STATUS,
        by: z.string().nullable().describe('The name of the staff member; null for the customer.'),
        at: z.iso.datetime(),
      }),
    )
    .describe('How it came to its status, the earliest first.'),
  flags: z.array(FLAG).describe('What we know of its VIN already.'),
  appraisal: buildRowSchema('appraisals').nullable(),
  customerShare: z
    .number()
    .nullable()
    .describe('The offer minus the payoff; null without an offer, and for viewers.'),
  car: z
    .strictObject({
      id: z.uuid(),
      title: z.string(),
      status: z.enum(['available', 'pending', 'hold', 'sold']),
      stockNumber: z.string().nullable(),
    })
    .nullable()
    .describe('The car that it became.'),
  assignee: PERSON.nullable().describe('Who reviews it.'),
  reviewers: z.array(PERSON).describe('Who could, for those who may assign it.'),
  actions: z.array(z.enum(REVIEW_ACTIONS)).describe('What the caller can do now.'),
})

/** The answer of the endpoint, as screens read it. */
export type ReviewAnswer = z.output<typeof ANSWER> & {
  submission: PendingSubmission
  appraisal: Appraisal | null
}

/**
 * GET /api/pending-submissions/:id/review: a submission with its steps, its appraisal, the car that
 * it became, and what the caller can do now.
 */
export const getReview = endpoint({
  method: 'get',
  path: '/:id/review',
  summary: 'Return a submission with everything that its review needs',
  access: callers.staff('submissions'),
  params: SUBMISSION_ID,
  response: describeJson('The review.', ANSWER),
  refusals: [400, 401, 403, 404],
  handler: async ({ req }, { params: { id } }) => {
    const submission = await loadSubmission(req, id)
    const appraisal = await findAppraisal(req, id)
    const { submissionStatus: status, vin = null } = submission
    const actions = permissions.canManageLot({ req }) ? listReviewActions(status) : []
    return {
      submission: { ...submission },
      steps: await listSteps(req, id),
      flags: isOpenStatus(status) ? await loadFlags(req, submission) : [],
      appraisal: appraisal && { ...appraisal },
      customerShare: appraisal && formatShare(appraisal),
      car: status === 'approved' ? await findCarOfSubmission(req, { id, vin }) : null,
      assignee: await findAssignee(req, id),
      reviewers: actions.includes('assign') ? await listReviewers(req) : [],
      actions,
    }
  },
})

const loadSubmission = (req: PayloadRequest, id: string): Promise<PendingSubmission> =>
  req.payload
    .findByID({ collection: 'pending-submissions', id, depth: 0, overrideAccess: false, req })
    .catch((error: unknown) => {
      throw error instanceof NotFound ? createNoSubmissionError() : error
    })

/** The appraisal, without its money for those who may not see costs. */
async function findAppraisal(req: PayloadRequest, submission: string): Promise<Appraisal | null> {
  const { docs } = await req.payload.find({
    collection: 'appraisals',
    where: { submission: { equals: submission } },
    depth: 0,
    limit: 1,
    overrideAccess: false,
    req,
  })
  return docs[0] ?? null
}

function formatShare({ offer = null, payoff = null }: Appraisal): number | null {
  const toCents = (amount: number | null) => (amount === null ? null : amountToCents(amount))
  const share = computeCustomerShare({ offerCents: toCents(offer), payoffCents: toCents(payoff) })
  return share === null ? null : centsToAmount(share)
}
