import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

type Request = Pick<PayloadRequest, 'payload' | 'transactionID'>

const PERSON = z.object({ id: z.string(), name: z.string() })

/** A staff member by the name that colleagues see. */
export type Reviewer = z.output<typeof PERSON>

/** Who can review submissions: the active managers and admins, by name. */
export async function listReviewers(req: Request): Promise<Reviewer[]> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    select id, name from users where is_active and role in ('manager', 'admin')
    order by lower(name), id`)
  return z.array(PERSON).parse(rows)
}

/** Who reviews a submission; null if nobody does. */
export async function findAssignee(req: Request, submission: string): Promise<Reviewer | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    select u.id, u.name from pending_submissions s join users u on u.id = s.assignee_id
    where s.id = ${submission}`)
  return rows[0] ? PERSON.parse(rows[0]) : null
}
