import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { getTransaction } from '../../database/transaction.ts'

/**
 * Moves the shared history of a submission to the car that was made of it, in the transaction of
 * the request. Returns whether there was one. It takes the place of an earlier history of the car;
 * a submission without one leaves that where it is, as does one whose VIN was corrected since: its
 * history is of another VIN than the car, which nobody would get to see.
 */
export async function carryHistory(
  req: PayloadRequest,
  submissionId: string,
  carId: string,
): Promise<boolean> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(
    sql`select head from shared_histories h
      where submission_id = ${submissionId} and (h.records::jsonb -> 0 ->> 'vin') =
        (select vin from inventory where id = ${carId})
      for update`,
  )
  if (rows.length === 0) return false
  await db.execute(sql`
    update shared_histories set inventory_id = null
    where inventory_id = ${carId} and submission_id <> ${submissionId}`)
  await db.execute(sql`
    update shared_histories set inventory_id = ${carId} where submission_id = ${submissionId}`)
  await db.execute(sql`
    update inventory set history_head = (
      select head from shared_histories where submission_id = ${submissionId})
    where id = ${carId}`)
  return true
}
