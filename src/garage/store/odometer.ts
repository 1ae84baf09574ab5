import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { type Reading, spanDay, spanInstant } from '../domain/odometer.ts'

type Database = Transaction['db']

const ROW = z.object({
  source: z.enum(['fuel', 'maintenance', 'owner']),
  id: z.string(),
  miles: z.number(),
  at: z.number().nullable(),
  day: z.string().nullable(),
})

/**
 * All odometer readings of a vehicle: those of its logs, and the one that was entered on the
 * vehicle itself. An entered 0 is the default, not a reading.
 */
export async function loadReadings(db: Database, vehicle: string): Promise<Reading[]> {
  const { rows } = await db.execute(sql`
    select 'fuel' as source, id, odometer::float8 as miles,
      extract(epoch from date_time)::float8 * 1000 as at, null as day
    from fuel_logs where vehicle_id = ${vehicle} and odometer is not null
    union all
    select 'maintenance', id, odometer::float8, null, to_char(service_date, 'YYYY-MM-DD')
    from maintenance_logs where vehicle_id = ${vehicle} and odometer is not null
    union all
    select 'owner', id, odometer_entered::float8,
      extract(epoch from coalesce(odometer_entered_at, created_at))::float8 * 1000, null
    from vehicles where id = ${vehicle} and odometer_entered > 0`)
  return rows.map((row) => {
    const { source, id, miles, at, day } = ROW.parse(row)
    const span = day === null ? spanInstant(new Date(at ?? 0)) : spanDay(day)
    return { source, id, miles, ...span }
  })
}

/** What a vehicle's row says about its odometer. */
export type StoredOdometer = {
  reading: number | null
  entered: number | null
  enteredAt: Date | null
}

const STORED = z.object({
  reading: z.number().nullable(),
  entered: z.number().nullable(),
  enteredAt: z.coerce.date().nullable(),
})

/**
 * Locks a vehicle until the write commits, so that its readings do not change in between. Null if
 * there is no such vehicle, or `userId` is given and it is another owner's.
 */
export async function lockOdometer(
  db: Database,
  vehicle: string,
  userId?: string,
): Promise<StoredOdometer | null> {
  const isOwners = userId === undefined ? sql`true` : sql`user_id = ${userId}`
  const { rows } = await db.execute(sql`
    select odometer_reading as reading, odometer_entered as entered,
      odometer_entered_at as "enteredAt"
    from vehicles where id = ${vehicle} and ${isOwners} for no key update`)
  return rows[0] ? STORED.parse(rows[0]) : null
}

/** Saves the current odometer of a vehicle, in whole miles, if it is another one. */
export async function saveOdometer(db: Database, vehicle: string, miles: number): Promise<void> {
  await db.execute(sql`
    update vehicles set odometer_reading = ${miles}
    where id = ${vehicle} and odometer_reading is distinct from ${miles}`)
}
