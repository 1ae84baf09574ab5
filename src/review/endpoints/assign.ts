import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { OPEN_STATUSES } from '../../submissions/domain/status.ts'
import { describeLastStep } from '../domain/step.ts'
import { createNoSubmissionError } from '../run-step.ts'
import { listReviewers } from '../store/reviewers.ts'
import { findLastStep, saveAssignee } from '../store/submissions.ts'
import { SUBMISSION_ID } from './schemas.ts'

/**
 * POST /api/pending-submissions/:id/assign { assignee }: says who reviews an open submission; null
 * for nobody.
 */
export const assignSubmission = endpoint({
  method: 'post',
  path: '/:id/assign',
  summary: 'Assign a submission to a manager, or to nobody',
  access: callers.managers('submissions'),
  params: SUBMISSION_ID,
  body: z.strictObject({
    assignee: uuidInput().nullable().describe('A manager or admin; null for nobody.'),
  }),
  bodyExample: '{ "assignee": null }',
  audit: { action: 'submission_assign', resourceType: 'pending-submissions' },
  response: describeJson(
    'The assignee.',
    z.strictObject({ assignee: z.uuid().nullable(), message: z.string() }),
  ),
  refusals: [400, 401, 403, 404, 409],
  handler: ({ req, runAudited }, { params: { id }, body: { assignee } }) =>
    runInTransaction(req, () =>
      runAudited(async () => {
        await requireReviewer(req, assignee)
        const change = { submission: id, open: OPEN_STATUSES, assignee }
        const saved = await saveAssignee(req, change)
        if (saved === null) throw await createNotOpenError(req, id)
        const message = assignee === null ? 'Nobody is assigned.' : 'The submission is assigned.'
        const fields = { assignee: { from: saved.before, to: assignee } }
        return { value: { assignee, message }, resource: id, fields }
      }),
    ),
})

async function requireReviewer(req: PayloadRequest, staff: string | null): Promise<void> {
  const reviewers = await listReviewers(req)
  if (staff === null || reviewers.some(({ id }) => id === staff)) return
  throw new APIError(
    'assignee must be an active manager or admin. Staff: /api/users.',
    400,
    undefined,
    true,
  )
}

async function createNotOpenError(req: PayloadRequest, id: string) {
  const last = await findLastStep(req, id)
  if (last === null) return createNoSubmissionError()
  return new APIError(describeLastStep(last), 409, undefined, true)
}
