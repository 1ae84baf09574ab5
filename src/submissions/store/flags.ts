import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

/** What staff should know about the car of a submission, because of its VIN. */
export const FLAG = z.strictObject({
  kind: z.enum(['on_lot', 'sold_here', 'in_garage']),
  text: z.string(),
  url: z.string().nullable().describe('The car in the panel; null where that would tell an owner.'),
})
export type SubmissionFlag = z.output<typeof FLAG>

const CARS = z.array(z.object({ id: z.string(), status: z.string(), stock: z.string().nullable() }))

/**
 * The flags of a submission: its VIN stands on the lot, was sold here, or is that of a vehicle in
 * an owner's garage. For staff only; it does not tell whose garage, nor link to it.
 */
export async function loadFlags(
  req: PayloadRequest,
  { vin }: { vin?: string | null },
): Promise<SubmissionFlag[]> {
  if (!vin) return []
  const { db } = getTransaction(req)
  const { rows: cars } = await db.execute(
    sql`select id, status, stock_number as stock from inventory where vin = ${vin} order by id`,
  )
  const { rows: vehicles } = await db.execute(
    sql`select 1 from vehicles where vin = ${vin} and deleted_at is null limit 1`,
  )
  return [...CARS.parse(cars).map(describeCar), ...(vehicles.length > 0 ? [IN_GARAGE] : [])]
}

const IN_GARAGE: SubmissionFlag = {
  kind: 'in_garage',
  text: 'This car is a vehicle in the garage of an owner.',
  url: null,
}

function describeCar({ id, status, stock }: z.output<typeof CARS>[number]): SubmissionFlag {
  const name = stock ? ` as ${stock}` : ''
  const url = `/admin/collections/inventory/${id}`
  return status === 'sold'
    ? { kind: 'sold_here', text: `We sold this car before${name}.`, url }
    : { kind: 'on_lot', text: `This car is on our lot${name} (${status}).`, url }
}
