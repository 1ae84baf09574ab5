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
  return rows.map((row) => toReading(ROW.parse(row)))
}

function toReading({ source, id, miles, at, day }: z.output<typeof ROW>): Reading {
  const span = day === null ? spanInstant(new Date(at ?? 0)) : spanDay(day)
  return { source, id, miles, ...span }
}

const VEHICLE_ROW = ROW.extend({ vehicle: z.string() })

/**
 * The first and the last reading of each month of these vehicles since a day, by vehicle: enough
 * for the current reading and the miles per day, however many logs there are.
 */
export async function loadMonthlyReadings(
  db: Database,
  vehicles: readonly string[],
  since: string,
): Promise<Map<string, Reading[]>> {
  const byVehicle = new Map<string, Reading[]>(vehicles.map((vehicle) => [vehicle, []]))
  if (vehicles.length === 0) return byVehicle
  const ids = sql`(select value::uuid from jsonb_array_elements_text(
    ${JSON.stringify(vehicles)}::jsonb) as value)`
  const { rows } = await db.execute(sql`
    with readings as (
      select vehicle_id as vehicle, 'fuel' as source, id, odometer::float8 as miles,
        date_time as taken, true as is_instant
      from fuel_logs where vehicle_id in ${ids} and odometer is not null
        and date_time >= ${since}::date
      union all
      select vehicle_id, 'maintenance', id, odometer, service_date, false
      from maintenance_logs where vehicle_id in ${ids} and odometer is not null
        and service_date >= ${since}::date
      union all
      select id, 'owner', id, odometer_entered, coalesce(odometer_entered_at, created_at), true
      from vehicles where id in ${ids} and odometer_entered > 0
        and coalesce(odometer_entered_at, created_at) >= ${since}::date),
    neighbored as (
      select *, date_trunc('month', lag(taken) over by_time) as before,
        date_trunc('month', taken) as month, date_trunc('month', lead(taken) over by_time) as after
      from readings window by_time as (partition by vehicle order by taken, miles))
    select vehicle, source, id, miles,
      case when is_instant then extract(epoch from taken)::float8 * 1000 end as at,
      case when not is_instant then to_char(taken at time zone 'UTC', 'YYYY-MM-DD') end as day
    from neighbored where before is distinct from month or after is distinct from month`)
  for (const row of rows) {
    const { vehicle, ...reading } = VEHICLE_ROW.parse(row)
    byVehicle.get(vehicle)?.push(toReading(reading))
  }
  return byVehicle
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
