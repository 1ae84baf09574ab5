import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

type Request = Pick<PayloadRequest, 'payload' | 'transactionID'>

const CAR = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['available', 'pending', 'hold', 'sold']),
  stockNumber: z.string().nullable(),
})

/** A car on the lot, or one that was sold here. */
export type LotCar = z.output<typeof CAR>

const COLUMNS = sql`id, coalesce(title, '') as title, status, stock_number as "stockNumber"`

/** The car with a VIN, locked until the transaction ends; null if there is none. */
export async function lockCarWithVin(req: Request, vin: string): Promise<LotCar | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(
    sql`select ${COLUMNS} from inventory where vin = ${vin} for no key update`,
  )
  return rows[0] ? CAR.parse(rows[0]) : null
}

/**
 * The car that an approved submission became; null if there is none. A car that was sold and came
 * again by another submission is the car of both.
 */
export async function findCarOfSubmission(
  req: Request,
  { id, vin }: { id: string; vin: string | null },
): Promise<LotCar | null> {
  const { db } = getTransaction(req)
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from inventory
    where source_submission_id = ${id} or (vin = ${vin ?? ''} and vin <> '')
    order by (source_submission_id = ${id}) desc nulls last limit 1`)
  return rows[0] ? CAR.parse(rows[0]) : null
}

/** Notes on a car that its service records are available. */
export async function addServiceRecords(req: Request, car: string): Promise<void> {
  const { db } = getTransaction(req)
  await db.execute(sql`update inventory set service_records = true where id = ${car}`)
}
