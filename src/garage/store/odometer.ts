import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { type Reading, spanDay, spanInstant } from '../domain/odometer.ts'
import type { OwnReading } from '../domain/vehicle-stats.ts'

type Database = Transaction['db']

const ROW = z.object({
  vehicle: z.string(),
  source: z.enum(['fuel', 'maintenance', 'owner']),
  id: z.string(),
  miles: z.number(),
  at: z.number().nullable(),
  day: z.string().nullable(),
})

type Row = z.output<typeof ROW>

/**
 * The odometer readings of vehicles, as a subquery: those of their logs, and the one that was
 * entered on the vehicle itself. An entered 0 is the default, not a reading. `taken` orders them as
 * the domain does: a day counts as the middle of the time that it lasts anywhere, 11:00 UTC.
 */
function selectReadings(vehicles: readonly string[], since: string | null = null) {
  // As an array, which the planner looks up in the indexes, unlike the rows of a subquery.
  const ids = sql`any(array(select value::uuid from jsonb_array_elements_text(
    ${JSON.stringify(vehicles)}::jsonb) as value))`
  const isRecent = (time: ReturnType<typeof sql>) =>
    since === null ? sql`true` : sql`${time} >= ${since}::date`
  const entered = sql`coalesce(odometer_entered_at, created_at)`
  return sql`
    select vehicle_id as vehicle, 'fuel' as source, id, odometer::float8 as miles,
      date_time as taken, null::date as day
    from fuel_logs where vehicle_id = ${ids} and odometer is not null
      and ${isRecent(sql`date_time`)}
    union all
    select vehicle_id, 'maintenance', id, odometer,
      (service_date + interval '11 hours') at time zone 'UTC', service_date
    from maintenance_logs where vehicle_id = ${ids} and odometer is not null
      and ${isRecent(sql`service_date`)}
    union all
    select id, 'owner', id, odometer_entered, ${entered}, null
    from vehicles where id = ${ids} and odometer_entered > 0 and ${isRecent(entered)}`
}

/** The columns of one row of selectReadings. */
const COLUMNS = sql`vehicle, source, id, miles, to_char(day, 'YYYY-MM-DD') as day,
  extract(epoch from taken)::float8 * 1000 as at`

/** All odometer readings of a vehicle. */
export async function loadReadings(db: Database, vehicle: string): Promise<Reading[]> {
  const { rows } = await db.execute(
    sql`select ${COLUMNS} from (${selectReadings([vehicle])}) as readings`,
  )
  return rows.map((row) => toReading(ROW.parse(row)))
}

function toReading({ source, id, miles, at, day }: Row): Reading {
  const span = day === null ? spanInstant(new Date(at ?? 0)) : spanDay(day)
  return { source, id, miles, ...span }
}

/**
 * The readings of these vehicles since a day that decide their current reading and miles per day,
 * by vehicle: the first and the last one of each month, and those before and after a replaced
 * odometer. So few are read however many logs there are.
 */
export async function loadDecisiveReadings(
  db: Database,
  vehicles: readonly string[],
  since: string,
): Promise<Map<string, Reading[]>> {
  const byVehicle = new Map<string, Reading[]>(vehicles.map((vehicle) => [vehicle, []]))
  if (vehicles.length === 0) return byVehicle
  const { rows } = await db.execute(sql`
    with neighbored as (
      select *, date_trunc('month', taken) as month,
        date_trunc('month', lag(taken) over by_time) as month_before,
        date_trunc('month', lead(taken) over by_time) as month_after,
        lag(miles) over by_time as miles_before, lead(miles) over by_time as miles_after
      from (${selectReadings(vehicles, since)}) as readings
      window by_time as (partition by vehicle order by taken, miles))
    select ${COLUMNS} from neighbored
    where month_before is distinct from month or month_after is distinct from month
      or miles_before > miles or miles_after < miles`)
  for (const row of rows.map((found) => ROW.parse(found)))
    byVehicle.get(row.vehicle)?.push(toReading(row))
  return byVehicle
}

const OWN_READING = z.object({ day: z.string(), at: z.number(), odometer: z.number() })

/**
 * The reading that the owner entered on a vehicle, in thousandths of a mile, with its day in the
 * time zone; null if there is none.
 */
export async function loadOwnReading(
  db: Database,
  vehicle: string,
  timeZone: string,
): Promise<OwnReading | null> {
  const { rows } = await db.execute(sql`
    select to_char(coalesce(odometer_entered_at, created_at) at time zone ${timeZone},
        'YYYY-MM-DD') as day,
      extract(epoch from coalesce(odometer_entered_at, created_at))::float8 * 1000 as at,
      odometer_entered::float8 * 1000 as odometer
    from vehicles where id = ${vehicle} and odometer_entered > 0`)
  return rows[0] ? OWN_READING.parse(rows[0]) : null
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
