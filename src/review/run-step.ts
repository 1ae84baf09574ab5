import { setTimeout as delay } from 'node:timers/promises'
import { APIError, type PayloadRequest } from 'payload'
import { findStaffId } from '../audit/audited-action.ts'
import { writeActivity } from '../audit/entries.ts'
import { getOrigin } from '../audit/origin.ts'
import { getTransaction } from '../database/transaction.ts'
import type { FieldChange } from '../domain/audit-change.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { listStepsTo, type SubmissionStatus } from '../submissions/domain/status.ts'
import { describeLastStep } from './domain/step.ts'
import {
  claimSubmission,
  type ClaimedSubmission,
  findLastStep,
  type Step,
} from './store/submissions.ts'

/** How long somebody waits for another change of the same submission, in milliseconds. */
const WAIT_MS = 10_000
const PAUSE_MS = 200

/** What a step changes, its action in the audit log, and what else belongs to it. */
export type StepWork<Value> = Pick<Step, 'submission' | 'question' | 'rejectionReason'> & {
  to: SubmissionStatus
  action: string
  /** Runs in the transaction of the step, after it was claimed. Its error undoes the step. */
  work: (claimed: ClaimedSubmission) => Promise<Value>
  /** What the audit entry tells besides the status. */
  describeFields?: (value: Value) => Record<string, FieldChange>
}

/**
 * Takes a step of the review: of several at the same time, one is taken. The others wait without a
 * connection and get a 409 that says who did what, as does a step that is no longer possible.
 * Throws 404 if there is no such submission.
 */
export async function runStep<Value>(req: PayloadRequest, step: StepWork<Value>): Promise<Value> {
  const from = listStepsTo(step.to)
  const until = Date.now() + WAIT_MS
  for (;;) {
    const last = await findLastStep(req, step.submission)
    if (last === null) throw createNoSubmissionError()
    if (!from.includes(last.status)) throw refuse(describeLastStep(last))
    const taken = await runInTransaction(req, () => takeStep(req, step, from))
    if (taken !== null) return taken.value
    if (Date.now() > until) throw refuse(BUSY)
    await delay(PAUSE_MS)
  }
}

/**
 * The step, or null if the submission has another status or is locked. An operation of Payload that
 * fails in `work` has ended the transaction, so there is no savepoint to return to.
 */
async function takeStep<Value>(
  req: PayloadRequest,
  { action, describeFields, work, ...step }: StepWork<Value>,
  from: readonly SubmissionStatus[],
): Promise<{ value: Value } | null> {
  const claimed = await claimSubmission(req, { ...step, from, staff: findStaffId(req) })
  if (claimed === null) return null
  const value = await work(claimed)
  const submissionStatus = { from: claimed.before, to: step.to }
  await writeActivity(getTransaction(req), findStaffId(req), {
    action,
    resourceType: 'pending-submissions',
    resource: step.submission,
    change: { fields: { submissionStatus, ...describeFields?.(value) } },
    origin: getOrigin(req),
  })
  return { value }
}

const BUSY =
  'Someone else is changing this submission right now. Reload it in a moment, then repeat your ' +
  'change.'

const refuse = (message: string) => new APIError(message, 409, undefined, true)

/** The error for a submission that does not exist. */
export const createNoSubmissionError = () =>
  new APIError(
    'There is no such submission. Submissions: /api/pending-submissions.',
    404,
    undefined,
    true,
  )
