import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { addDays } from '../domain/days.ts'
import type { DuePlan, OwnThresholds } from '../domain/due.ts'
import { computeMilesPerDay, findCurrentReading, PACE_DAYS } from '../domain/odometer.ts'
import { loadDecisiveReadings } from './odometer.ts'

type Database = Transaction['db']

/** A schedule, and what its due status is computed from. */
export type DueSchedule = {
  id: string
  category: string
  subtypes: string[]
  lastServiceDate: string | null
  lastServiceMiles: number | null
  plan: DuePlan
  thresholds: OwnThresholds
}

/**
 * A vehicle with its schedules. The odometer is null without a reading. Its day and the miles per
 * day are computed only for vehicles that have something due by mileage.
 */
export type DueVehicle = {
  id: string
  title: string
  isActive: boolean
  soldDate: string | null
  odometer: number | null
  odometerDate: string | null
  milesPerDay: number | null
  thresholds: OwnThresholds
  schedules: DueSchedule[]
}

const DAY = z.string().nullable()
const WHOLE = z.number().int().nullable()
const VEHICLE_ROWS = z.array(
  z.object({
    id: z.string(),
    title: z.string().nullable(),
    is_active: z.boolean(),
    sold_date: DAY,
    odometer: WHOLE,
    due_soon_days: WHOLE,
    due_soon_miles: WHOLE,
  }),
)
const SCHEDULE_ROWS = z.array(
  z.object({
    id: z.string(),
    vehicle_id: z.string(),
    category: z.string(),
    subtypes: z.array(z.string()).nullable(),
    last_service_date: DAY,
    last_service_mileage: WHOLE,
    next_due_date: DAY,
    next_due_mileage: WHOLE,
    interval_months: WHOLE,
    interval_miles: WHOLE,
    due_soon_days: WHOLE,
    due_soon_miles: WHOLE,
  }),
)

/**
 * The vehicles of an owner that are not in the trash, with their schedules, or one of them. `today`
 * is the owner's day.
 */
export async function loadDueVehicles(
  db: Database,
  { userId, vehicle, today }: { userId: string; vehicle?: string; today: string },
): Promise<DueVehicle[]> {
  const isWanted = (id: ReturnType<typeof sql>) =>
    vehicle === undefined ? sql`true` : sql`${id} = ${vehicle}`
  const vehicles = await db.execute(sql`
    select id, title, coalesce(is_active, true) as is_active, sold_date::text,
      nullif(odometer_reading, 0) as odometer, due_soon_days, due_soon_miles
    from vehicles where user_id = ${userId} and deleted_at is null and ${isWanted(sql`id`)}
    order by title, id`)
  const schedules = await db.execute(sql`
    select id, vehicle_id, category, subtypes, last_service_date::text, last_service_mileage,
      next_due_date::text, next_due_mileage, interval_months, interval_miles, due_soon_days,
      due_soon_miles
    from maintenance_schedules where user_id = ${userId} and ${isWanted(sql`vehicle_id`)}
    order by created_at, id`)
  const scheduleRows = SCHEDULE_ROWS.parse(schedules.rows)
  const driven = scheduleRows
    .filter(({ next_due_mileage: miles }) => miles !== null)
    .map(({ vehicle_id: id }) => id)
  const readings = await loadDecisiveReadings(db, [...new Set(driven)], addDays(today, -PACE_DAYS))
  return VEHICLE_ROWS.parse(vehicles.rows).map((row) => ({
    id: row.id,
    title: row.title ?? '',
    isActive: row.is_active,
    soldDate: row.sold_date,
    odometer: row.odometer,
    odometerDate: findCurrentReading(readings.get(row.id) ?? [])?.day ?? null,
    milesPerDay: computeMilesPerDay(readings.get(row.id) ?? [], today),
    thresholds: { days: row.due_soon_days, miles: row.due_soon_miles },
    schedules: scheduleRows.filter(({ vehicle_id: id }) => id === row.id).map(toSchedule),
  }))
}

const toSchedule = (row: z.infer<typeof SCHEDULE_ROWS>[number]): DueSchedule => ({
  id: row.id,
  category: row.category,
  subtypes: row.subtypes ?? [],
  lastServiceDate: row.last_service_date,
  lastServiceMiles: row.last_service_mileage,
  plan: {
    dueDate: row.next_due_date,
    dueMiles: row.next_due_mileage,
    intervalMonths: row.interval_months,
    intervalMiles: row.interval_miles,
  },
  thresholds: { days: row.due_soon_days, miles: row.due_soon_miles },
})
