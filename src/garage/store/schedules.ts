import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { computeNextDue, type LoggedServices, type NextDue } from '../domain/next-due.ts'

type Database = Transaction['db']

const DAY = z.string().nullable()
const MILES = z.number().nullable()
const SERVICES = {
  first_date: DAY,
  first_miles: MILES,
  latest_date: DAY,
  latest_miles: MILES,
}
const SERVICES_ROW = z.object(SERVICES)
const SCHEDULE_ROWS = z.array(
  z.object({
    ...SERVICES,
    id: z.string(),
    anchor: z.string().nullable(),
    interval_months: MILES,
    interval_miles: MILES,
    entered_service_date: DAY,
    entered_service_mileage: MILES,
    entered_due_date: DAY,
    entered_due_mileage: MILES,
  }),
)

const NORMALIZED = (word: ReturnType<typeof sql>) =>
  sql`btrim(regexp_replace(lower(${word}), '[\\s_-]+', ' ', 'g'))`

/**
 * The logs that satisfy a schedule, as a subquery: those of its vehicle and category, with one of
 * its subtypes, or with any if it has none.
 */
const selectServices = (
  vehicle: ReturnType<typeof sql>,
  category: ReturnType<typeof sql>,
  subtypes: ReturnType<typeof sql>,
) => sql`
  select service_date, odometer, created_at from maintenance_logs log
  where log.vehicle_id = ${vehicle}
    and ${NORMALIZED(sql`log.category`)} = ${NORMALIZED(category)}
    and (coalesce(cardinality(${subtypes}), 0) = 0
      or lower(log.subtypes::text)::text[] && lower(${subtypes}::text)::text[])`

const LATEST = sql`service_date desc, odometer desc nulls last, created_at desc`
const FIRST = sql`service_date, odometer nulls last, created_at`

/** The first and the latest log that satisfy a schedule with this category and these subtypes. */
export async function loadLoggedServices(
  db: Database,
  schedule: { vehicle: string; category: string; subtypes: readonly string[] | null },
): Promise<LoggedServices> {
  const services = selectServices(
    sql`${schedule.vehicle}::uuid`,
    sql`${schedule.category}::text`,
    sql`(select array_agg(value) from jsonb_array_elements_text(
      ${JSON.stringify(schedule.subtypes ?? [])}::jsonb) as value)`,
  )
  const { rows } = await db.execute(sql`
    with services as (${services})
    select latest.service_date::text as latest_date, latest.odometer as latest_miles,
      first.service_date::text as first_date, first.odometer as first_miles
    from (select from (values (1)) as one) as one
      left join lateral (select * from services order by ${LATEST} limit 1) latest on true
      left join lateral (select * from services order by ${FIRST} limit 1) first on true`)
  return toServices(SERVICES_ROW.parse(rows[0]))
}

const toServices = (row: z.infer<typeof SERVICES_ROW>): LoggedServices => ({
  first: row.first_date === null ? null : { date: row.first_date, miles: row.first_miles },
  latest: row.latest_date === null ? null : { date: row.latest_date, miles: row.latest_miles },
})

/**
 * Computes the last service and the next due date and mileage of every schedule of a vehicle again,
 * after its logs changed. The vehicle has been locked by the change.
 */
export async function moveSchedules(db: Database, vehicle: string): Promise<void> {
  const services = selectServices(
    sql`schedule.vehicle_id`,
    sql`schedule.category`,
    sql`schedule.subtypes`,
  )
  const { rows } = await db.execute(sql`
    select schedule.id, anchor, interval_months, interval_miles,
      entered_service_date::text, entered_service_mileage,
      entered_due_date::text, entered_due_mileage,
      latest.service_date::text as latest_date, latest.odometer as latest_miles,
      first.service_date::text as first_date, first.odometer as first_miles
    from maintenance_schedules schedule
      left join lateral (${services} order by ${LATEST} limit 1) latest on true
      left join lateral (${services} order by ${FIRST} limit 1) first on true
    where schedule.vehicle_id = ${vehicle} order by schedule.id`)
  for (const row of SCHEDULE_ROWS.parse(rows)) {
    const plan = {
      anchor: row.anchor === 'fixed' ? ('fixed' as const) : ('service' as const),
      intervalMonths: row.interval_months,
      intervalMiles: row.interval_miles,
      enteredService: { date: row.entered_service_date, miles: row.entered_service_mileage },
      enteredDue: { date: row.entered_due_date, miles: row.entered_due_mileage },
    }
    await saveNextDue(db, row.id, computeNextDue(plan, toServices(row)))
  }
}

/** Saves the next due date and mileage of a schedule, if they changed. */
async function saveNextDue(db: Database, id: string, { lastService, due }: NextDue): Promise<void> {
  await db.execute(sql`
    update maintenance_schedules set last_service_date = ${lastService.date}::date,
      last_service_mileage = ${lastService.miles}::int, next_due_date = ${due.date}::date,
      next_due_mileage = ${due.miles}::int
    where id = ${id} and (last_service_date, last_service_mileage, next_due_date, next_due_mileage)
      is distinct from (${lastService.date}::date, ${lastService.miles}::int,
        ${due.date}::date, ${due.miles}::int)`)
}
