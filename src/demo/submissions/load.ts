import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { getTransaction } from '../../database/transaction.ts'
import { demoRows } from '../rows.ts'
import { demoSubmissions, type DemoSubmission } from './demo-submissions.ts'

const HOUR_MS = 3_600_000

/** Saves the submissions of the demo lot, in the transaction that loads its cars. */
export async function saveDemoSubmissions(tx: PayloadRequest, now: Date): Promise<void> {
  for (const submission of demoSubmissions) await saveSubmission(tx, submission, now)
}

async function saveSubmission(
  tx: PayloadRequest,
  { appraisal, facts, hoursAgo }: DemoSubmission,
  now: Date,
): Promise<void> {
  const submittedAt = new Date(now.getTime() - hoursAgo * HOUR_MS).toISOString()
  const { id } = await tx.payload.create({
    collection: 'pending-submissions',
    data: { ...facts, submittedAt },
    depth: 0,
    overrideAccess: true,
    req: tx,
  })
  const { db } = getTransaction(tx)
  await db.execute(sql`insert into ${demoRows} values ('pending_submissions', ${id})`)
  if (!appraisal) return
  await tx.payload.create({
    collection: 'appraisals',
    data: { ...appraisal, submission: id },
    depth: 0,
    overrideAccess: true,
    req: tx,
  })
}
