import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { NO_STORE } from '../../src/access/staff-check.ts'
import { withAudit } from '../../src/audit/audited-action.ts'
import type { FieldChange } from '../../src/domain/audit-change.ts'
import type { QueuedAnswer } from '../api-types.ts'

/**
 * An action of a staff member on the jobs: the response message and the audit entry. Never contains
 * input values.
 */
export type AuditedAction = QueuedAnswer & {
  action: string
  run?: string
  fields: Record<string, FieldChange>
}

/** Runs the action and writes its audit entry in one transaction, then responds with 202. */
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
