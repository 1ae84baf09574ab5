import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

/** The offer of the appraisal of a submission, as a decimal; null without one. */
export async function findOffer(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  submission: string,
): Promise<number | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(
    sql`select offer::float8 as offer from appraisals where submission_id = ${submission}`,
  )
  return rows[0] ? z.object({ offer: z.number().nullable() }).parse(rows[0]).offer : null
}
