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

/** A table whose rows are about a vehicle, and the key of one of them. */
export type RowOfVehicle = {
  table: ReturnType<typeof sql>
  key: ReturnType<typeof sql>
  id: string | number
}

/**
 * Locks vehicles, in one order, until the transaction ends. Every write of a row about a vehicle
 * does so before it locks the row itself: this prevents deadlocks with a transfer, which locks the
 * vehicle and then all of its rows.
 */
export async function lockVehicles(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.execute(sql`
    select 1 from vehicles where id = any(${sql.param([...ids])}::uuid[])
    order by id for no key update`)
}

/** The same for the vehicle of a row, before the row is locked. */
export async function lockVehicleOfRow(
  db: Database,
  { table, key, id }: RowOfVehicle,
): Promise<void> {
  await db.execute(sql`
    select 1 from vehicles where id = (select vehicle_id from ${table} where ${key} = ${id})
    for no key update`)
}
