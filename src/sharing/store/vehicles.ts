import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

const VEHICLE = z.object({
  id: z.string(),
  owner: z.string(),
  vin: z.string().nullable(),
  year: z.number().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
})

/** A vehicle that is shared or transferred; `owner` is a subject. */
export type OfferedVehicle = z.output<typeof VEHICLE>

/**
 * Locks a vehicle that is not in the trash until the transaction ends: nothing about who has access
 * to it changes meanwhile. Null if there is no such vehicle.
 */
export async function lockVehicle(db: Database, id: string): Promise<OfferedVehicle | null> {
  const { rows } = await db.execute(sql`
    select id, user_id as owner, vin, year, make, model from vehicles
    where id = ${id} and deleted_at is null for no key update`)
  return rows[0] ? VEHICLE.parse(rows[0]) : null
}
