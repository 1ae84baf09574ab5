import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { NO_STORE } from '../../src/access/staff-check.ts'
import { withAudit } from '../../src/audit/audited-action.ts'
import type { FieldChange } from '../../src/domain/audit-change.ts'
import type { QueuedAnswer } from '../api-types.ts'

/**
 * What a member of staff did to the jobs: what they hear of it, and what the trail does. Never the
 * values of an input.
 */
export type AuditedAction = QueuedAnswer & {
  action: string
  run?: string
  fields: Record<string, FieldChange>
}

/**
 * Does it in one transaction with its line of the trail, and answers 202 once the database has
 * both.
 */
export async function runAudited(
  req: PayloadRequest,
  work: (client: pg.PoolClient) => Promise<AuditedAction>,
): Promise<Response> {
  const answer = await withAudit<QueuedAnswer>(req, async (client) => {
    const { jobId, message, run, ...entry } = await work(client)
    return { value: { jobId, message }, resourceType: 'job-history', resource: run, ...entry }
  })
  return Response.json(answer, { status: 202, headers: NO_STORE })
}
