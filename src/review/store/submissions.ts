import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'
import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../submissions/domain/status.ts'

type Request = Pick<PayloadRequest, 'payload' | 'transactionID'>

const STATUS = z.enum(Object.keys(SUBMISSION_STATUSES) as [SubmissionStatus, ...SubmissionStatus[]])
const ROW = z.object({
  id: z.string(),
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  vin: z.string().nullable(),
  mileage: z.number().nullable(),
  condition: z.string().nullable(),
  transmission: z.string().nullable(),
  fuelType: z.string().nullable(),
  exteriorColor: z.string().nullable(),
  interiorColor: z.string().nullable(),
  images: z.array(z.string()).nullable(),
  before: STATUS,
})

/** A submission that a step has claimed. `before` is its status until then. */
export type ClaimedSubmission = z.output<typeof ROW>

/** A step of the review: to which status, from which ones, by which staff member. */
export type Step = {
  submission: string
  from: readonly SubmissionStatus[]
  to: SubmissionStatus
  staff: string | null
  question?: string
  rejectionReason?: string
}

/**
 * Changes the status of a submission that has one of the statuses of the step, and locks it until
 * the transaction ends. Returns null for any other submission, and at once for one that somebody
 * else has locked: nobody waits for a lock with a connection in hand.
 */
export async function claimSubmission(
  req: Request,
  { submission, from, to, staff, question, rejectionReason }: Step,
): Promise<ClaimedSubmission | null> {
  const isDecision = to === 'approved' || to === 'rejected'
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    with free as (
      select id, submission_status as before from pending_submissions
      where id = ${submission} and submission_status = any(${sql.param([...from])}::text[])
      for update skip locked
    )
    update pending_submissions s set submission_status = ${to},
      question = coalesce(${question ?? null}, s.question),
      rejection_reason = coalesce(${rejectionReason ?? null}, s.rejection_reason),
      assignee_id = coalesce(s.assignee_id, ${staff}::uuid),
      reviewed_at = case when ${isDecision} then now() else s.reviewed_at end,
      reviewed_by = case when ${isDecision} then ${staff}::uuid else s.reviewed_by end
    from free where s.id = free.id
    returning s.id, s.year, s.make, s.model, s.trim, s.vin, s.mileage, s.condition,
      s.transmission, s.fuel_type as "fuelType", s.exterior_color as "exteriorColor",
      s.interior_color as "interiorColor", s.images, free.before`)
  return rows[0] ? ROW.parse(rows[0]) : null
}

/**
 * Changes who reviews an open submission, and returns who did before; null if there is no such
 * submission, or if it is decided.
 */
export async function saveAssignee(
  req: Request,
  { submission, open, assignee }: AssigneeChange,
): Promise<{ before: string | null } | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    with one as (
      select id, assignee_id as before from pending_submissions
      where id = ${submission} and submission_status = any(${sql.param([...open])}::text[])
      for update
    )
    update pending_submissions s set assignee_id = ${assignee}::uuid from one where s.id = one.id
    returning one.before`)
  return rows[0] ? z.object({ before: z.string().nullable() }).parse(rows[0]) : null
}

type AssigneeChange = {
  submission: string
  open: readonly SubmissionStatus[]
  assignee: string | null
}

/**
 * The status of a submission, which stays as it is until the transaction ends; null if there is no
 * such submission.
 */
export async function lockSubmissionStatus(
  req: Request,
  id: string,
): Promise<SubmissionStatus | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(
    sql`select submission_status as status from pending_submissions where id = ${id} for share`,
  )
  return rows[0] ? z.object({ status: STATUS }).parse(rows[0]).status : null
}

const LAST_STEP = z.object({
  status: STATUS,
  by: z.string().nullable(),
  at: z.string().nullable(),
})

/** Who changed the status of a submission last, and when; null if there is no such submission. */
export async function findLastStep(
  req: Request,
  id: string,
): Promise<z.output<typeof LAST_STEP> | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    select s.submission_status as status, step.name as by,
      to_char(s.stage_changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from pending_submissions s left join lateral (
      select u.name from activity_logs a join users u on u.id = a.user_id
      where a.resource_type = 'pending-submissions' and a.resource_id = s.id
        and a.action like 'submission\_%'
        and a.changes #>> '{fields,submissionStatus,to}' = s.submission_status
      order by a.created_at desc limit 1
    ) step on true where s.id = ${id}`)
  return rows[0] ? LAST_STEP.parse(rows[0]) : null
}
