import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'
import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../submissions/domain/status.ts'

const STEPS = z.array(
  z.object({
    status: z.enum(Object.keys(SUBMISSION_STATUSES) as [SubmissionStatus, ...SubmissionStatus[]]),
    by: z.string().nullable(),
    at: z.string(),
  }),
)

/**
 * How a submission came to its status, the earliest step first: when it was sent, what staff did,
 * as the audit log has it, and the current status if a customer changed it. Times are UTC.
 */
export async function listSteps(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  submission: string,
): Promise<z.output<typeof STEPS>> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    with steps as (
      select 'pending' as status, null as by, coalesce(submitted_at, created_at) as at
      from pending_submissions where id = ${submission}
      union all
      select a.changes #>> '{fields,submissionStatus,to}', u.name, a.created_at
      from activity_logs a left join users u on u.id = a.user_id
      where a.resource_type = 'pending-submissions' and a.resource_id = ${submission}
        and a.action like 'submission\_%' and a.changes #> '{fields,submissionStatus}' is not null
    )
    select status, by, ${formatInstant} as at from steps
    union all
    select s.submission_status, null, ${formatInstant} from pending_submissions s
      cross join lateral (select s.stage_changed_at as at) changed
    where s.id = ${submission} and s.stage_changed_at is not null and s.submission_status
      is distinct from (select status from steps order by at desc limit 1)
    order by at`)
  return STEPS.parse(rows)
}

const formatInstant = sql.raw(`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
