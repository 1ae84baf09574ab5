import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { PayloadRequest } from 'payload'
import type pg from 'pg'
import { identityOf } from '../../src/access/identity.ts'
import { writeActivity } from '../../src/audit/lines.ts'
import { originOf } from '../../src/audit/origin.ts'
import { postgresOf } from '../../src/database/transaction.ts'
import type { FieldChange } from '../../src/domain/trail-change.ts'
import type { QueuedAnswer } from '../api-types.ts'
import { inTransaction } from '../../src/database/in-transaction.ts'
import { NO_STORE } from './for-staff.ts'

/** What a member of staff did to the jobs: what they hear of it, and what the trail does. Never the values of an input. */
export type Deed = QueuedAnswer & { action: string; run?: string; fields: Record<string, FieldChange> }

/** Does it in one transaction with its line of the trail, and answers 202 once the database has both. */
export async function doInTrail(req: PayloadRequest, work: (client: pg.PoolClient) => Promise<Deed>): Promise<Response> {
  const identity = identityOf(req)
  const answer = await inTransaction(postgresOf(req.payload).pool, async (client): Promise<QueuedAnswer> => {
    const { jobId, message, action, run, fields } = await work(client)
    const line = { action, resourceType: 'job-history', resource: run, change: { fields }, origin: originOf(req) }
    await writeActivity({ db: drizzle(client) }, identity.kind === 'staff' ? identity.id : null, line)
    return { jobId, message }
  })
  return Response.json(answer, { status: 202, headers: NO_STORE })
}
