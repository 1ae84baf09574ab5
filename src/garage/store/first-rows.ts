import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'
import { FIRST_SUBTYPES } from '../first-subtypes.ts'

type Database = Transaction['db']

/** Adds the first subtypes of maintenance, unless there are subtypes already. For a migration. */
export async function seedMaintenanceSubtypes(db: Database): Promise<void> {
  const rows = Object.entries(FIRST_SUBTYPES).flatMap(([category, names]) =>
    names.map((name) => ({ category, name })),
  )
  await db.execute(sql`
    insert into maintenance_subtypes (category, name, is_active)
    select category, name, true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as seed (category text, name text)
    where not exists (select from maintenance_subtypes)`)
}

/**
 * Fills the columns for what owners entered from the dates and mileages that they entered so far,
 * and computes a missing due date or mileage from the last service and the interval.
 */
export async function fillEnteredSchedules(db: Database): Promise<void> {
  await db.execute(sql`
    update maintenance_schedules set entered_service_date = last_service_date,
      entered_service_mileage = last_service_mileage, entered_due_date = next_due_date,
      entered_due_mileage = next_due_mileage,
      next_due_date = coalesce(next_due_date,
        (last_service_date + make_interval(months => interval_months))::date),
      next_due_mileage = coalesce(next_due_mileage, last_service_mileage + interval_miles)`)
}

/**
 * The same for a migration: it is not a change of the schedules, so no trigger runs, and the bytes
 * of the owners are counted again after it.
 */
export async function migrateEnteredSchedules(db: Database): Promise<void> {
  await db.execute(sql`alter table maintenance_schedules disable trigger user`)
  await fillEnteredSchedules(db)
  await db.execute(sql`alter table maintenance_schedules enable trigger user`)
  await db.execute(sql`select forecourt_recount_owner_bytes()`)
}
