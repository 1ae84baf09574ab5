import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { toJsonText } from '../../database/json-text.ts'
import type { Transaction } from '../../database/transaction.ts'
import { COST_KIND_NAMES } from '../domain/ownership-costs.ts'
import type { ImportRow } from '../imports/domain/row-values.ts'

type Database = Transaction['db']

/** A row of the history of a vehicle, with its ID, and its fingerprint if it was imported. */
export type HistoryRow = ImportRow & { id: string; fingerprint: string | null }

const NUMBER = z.number().nullable()
const TEXT = z.string().nullable()
const ROW = { id: z.string(), fingerprint: TEXT, notes: TEXT }
const SUBTYPES = z.array(z.string()).nullable()

const FILL = z.object({
  ...ROW,
  dateTime: z.string(),
  odometer: NUMBER,
  tripDistance: NUMBER,
  fuelUnits: z.number(),
  costPerUnit: z.number(),
  totalCost: z.number(),
  isFullFill: z.boolean(),
  missedFill: z.boolean(),
  fuelType: TEXT,
  fuelGrade: TEXT,
  station: TEXT,
  locationData: TEXT,
})
const SERVICE = z.object({
  ...ROW,
  serviceDate: z.string(),
  odometer: NUMBER,
  category: z.string(),
  subtypes: SUBTYPES,
  cost: NUMBER,
  shopName: TEXT,
})
const SCHEDULE = z.object({
  ...ROW,
  category: z.string(),
  subtypes: SUBTYPES,
  intervalMonths: NUMBER,
  intervalMiles: NUMBER,
  anchor: z.enum(['service', 'fixed']),
  enteredServiceDate: TEXT,
  enteredServiceMileage: NUMBER,
  enteredDueDate: TEXT,
  enteredDueMileage: NUMBER,
  dueSoonDays: NUMBER,
  dueSoonMiles: NUMBER,
  emailNotifications: z.boolean(),
})

const COST = z.object({
  ...ROW,
  kind: z.enum(COST_KIND_NAMES),
  title: TEXT,
  amount: z.number(),
  intervalMonths: z.number(),
  startDate: z.string(),
  endDate: TEXT,
})

/** The format of an instant in UTC as JavaScript writes it. */
const ISO = `YYYY-MM-DD"T"HH24:MI:SS.MS"Z"`

/** Loads the logs, schedules and ownership costs of a vehicle, the oldest first. */
export async function loadHistory(db: Database, vehicle: string): Promise<HistoryRow[]> {
  const fills = await db.execute(sql`
    select id, import_fingerprint as fingerprint, notes,
      to_char(date_time at time zone 'UTC', ${ISO}) as "dateTime", odometer::float8,
      trip_distance::float8 as "tripDistance", fuel_units::float8 as "fuelUnits",
      cost_per_unit::float8 as "costPerUnit",
      coalesce(total_cost, round(fuel_units * cost_per_unit, 2))::float8 as "totalCost",
      coalesce(is_full_fill, true) as "isFullFill", coalesce(missed_fill, false) as "missedFill",
      fuel_type as "fuelType", fuel_grade as "fuelGrade", station_id as station,
      location_data as "locationData"
    from fuel_logs where vehicle_id = ${vehicle} order by date_time, odometer, id`)
  const services = await db.execute(sql`
    select id, import_fingerprint as fingerprint, notes, service_date::text as "serviceDate",
      odometer, category, subtypes, cost::float8, shop_name as "shopName"
    from maintenance_logs where vehicle_id = ${vehicle} order by service_date, odometer, id`)
  const schedules = await db.execute(sql`
    select id, import_fingerprint as fingerprint, notes, category, subtypes,
      interval_months as "intervalMonths", interval_miles as "intervalMiles",
      coalesce(anchor, 'service') as anchor, entered_service_date::text as "enteredServiceDate",
      entered_service_mileage as "enteredServiceMileage",
      entered_due_date::text as "enteredDueDate", entered_due_mileage as "enteredDueMileage",
      due_soon_days as "dueSoonDays", due_soon_miles as "dueSoonMiles",
      coalesce(email_notifications, false) as "emailNotifications"
    from maintenance_schedules where vehicle_id = ${vehicle} order by created_at, id`)
  const costs = await db.execute(sql`
    select id, import_fingerprint as fingerprint, notes, kind, title, amount::float8,
      interval_months as "intervalMonths", start_date::text as "startDate",
      end_date::text as "endDate"
    from ownership_costs where vehicle_id = ${vehicle} order by start_date, id`)
  return [
    ...fills.rows.map((row) => toHistoryRow('fuel', FILL.parse(row))),
    ...services.rows.map((row) => toHistoryRow('maintenance', SERVICE.parse(row))),
    ...schedules.rows.map((row) => toHistoryRow('schedule', SCHEDULE.parse(row))),
    ...costs.rows.map((row) => toHistoryRow('cost', COST.parse(row))),
  ]
}

function toHistoryRow<Kind extends ImportRow['kind']>(
  kind: Kind,
  {
    id,
    fingerprint,
    ...values
  }: Extract<ImportRow, { kind: Kind }>['values'] & Pick<HistoryRow, 'id' | 'fingerprint'>,
) {
  return { id, fingerprint, kind, values }
}

/** Which of these stations exist. */
export async function findStations(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await db.execute(sql`
    select id from stations where id::text in (
      select value from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as value)`)
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  )
}

/** The vehicle that imported rows are added to, and its owner. */
export type ImportTarget = { userId: string; vehicle: string }

type AddedRow = { fingerprint: string; row: ImportRow }

/**
 * Adds rows to the history of a vehicle, in one statement for each kind. Returns their IDs by their
 * fingerprints.
 */
export async function insertImportedRows(
  db: Database,
  target: ImportTarget,
  added: readonly AddedRow[],
): Promise<ReadonlyMap<string, string>> {
  const pick = (kind: ImportRow['kind']) =>
    added
      .filter(({ row }) => row.kind === kind)
      .map(({ fingerprint, row }) => ({ ...row.values, fingerprint }))
  const inserted = [
    ...(await insertFills(db, target, pick('fuel'))),
    ...(await insertServices(db, target, pick('maintenance'))),
    ...(await insertSchedules(db, target, pick('schedule'))),
    ...(await insertCosts(db, target, pick('cost'))),
  ]
  return new Map(inserted.map(({ fingerprint, id }) => [fingerprint, id]))
}

/** The rows of a statement; null without any. */
const toRows = (rows: readonly object[]) => (rows.length === 0 ? null : toJsonText(rows))

const INSERTED = z.array(z.object({ id: z.string(), fingerprint: z.string() }))
type InsertedRow = z.output<typeof INSERTED>[number]
const RETURNING = sql`returning id, import_fingerprint as fingerprint`

/** The texts of a JSON list; null for the JSON null. */
const TEXTS = sql`case when jsonb_typeof(subtypes) = 'array'
  then array(select jsonb_array_elements_text(subtypes)) end`

async function insertFills(
  db: Database,
  { userId, vehicle }: ImportTarget,
  fills: readonly object[],
): Promise<InsertedRow[]> {
  const rows = toRows(fills)
  if (rows === null) return []
  const inserted = await db.execute(sql`
    insert into fuel_logs (user_id, vehicle_id, date_time, odometer, trip_distance, fuel_units,
      cost_per_unit, total_cost, is_full_fill, missed_fill, fuel_type, fuel_grade, station_id,
      location_data, notes, import_fingerprint)
    select ${userId}, ${vehicle}, "dateTime", odometer, "tripDistance", "fuelUnits",
      "costPerUnit", "totalCost", "isFullFill", "missedFill", "fuelType", "fuelGrade", station,
      "locationData", notes, fingerprint
    from jsonb_to_recordset(${rows}::jsonb) as fill ("dateTime" timestamptz, odometer numeric,
      "tripDistance" numeric, "fuelUnits" numeric, "costPerUnit" numeric, "totalCost" numeric,
      "isFullFill" boolean, "missedFill" boolean, "fuelType" text, "fuelGrade" text,
      station uuid, "locationData" text, notes text, fingerprint text)
    ${RETURNING}`)
  return INSERTED.parse(inserted.rows)
}

async function insertServices(
  db: Database,
  { userId, vehicle }: ImportTarget,
  services: readonly object[],
): Promise<InsertedRow[]> {
  const rows = toRows(services)
  if (rows === null) return []
  const inserted = await db.execute(sql`
    insert into maintenance_logs (user_id, vehicle_id, category, subtypes, service_date, odometer,
      cost, shop_name, notes, import_fingerprint)
    select ${userId}, ${vehicle}, category, ${TEXTS}, "serviceDate", odometer, cost, "shopName",
      notes, fingerprint
    from jsonb_to_recordset(${rows}::jsonb) as service (category text, subtypes jsonb,
      "serviceDate" date, odometer integer, cost numeric, "shopName" text, notes text,
      fingerprint text)
    ${RETURNING}`)
  return INSERTED.parse(inserted.rows)
}

/** What is due next is computed afterward, by moveSchedules. */
async function insertSchedules(
  db: Database,
  { userId, vehicle }: ImportTarget,
  schedules: readonly object[],
): Promise<InsertedRow[]> {
  const rows = toRows(schedules)
  if (rows === null) return []
  const inserted = await db.execute(sql`
    insert into maintenance_schedules (user_id, vehicle_id, category, subtypes, interval_months,
      interval_miles, anchor, entered_service_date, entered_service_mileage, entered_due_date,
      entered_due_mileage, due_soon_days, due_soon_miles, email_notifications, notes,
      import_fingerprint)
    select ${userId}, ${vehicle}, category, ${TEXTS}, "intervalMonths", "intervalMiles", anchor,
      "enteredServiceDate", "enteredServiceMileage", "enteredDueDate", "enteredDueMileage",
      "dueSoonDays", "dueSoonMiles", "emailNotifications", notes, fingerprint
    from jsonb_to_recordset(${rows}::jsonb) as schedule (category text, subtypes jsonb,
      "intervalMonths" integer, "intervalMiles" integer, anchor text, "enteredServiceDate" date,
      "enteredServiceMileage" integer, "enteredDueDate" date, "enteredDueMileage" integer,
      "dueSoonDays" integer, "dueSoonMiles" integer, "emailNotifications" boolean, notes text,
      fingerprint text)
    ${RETURNING}`)
  return INSERTED.parse(inserted.rows)
}

async function insertCosts(
  db: Database,
  { userId, vehicle }: ImportTarget,
  costs: readonly object[],
): Promise<InsertedRow[]> {
  const rows = toRows(costs)
  if (rows === null) return []
  const inserted = await db.execute(sql`
    insert into ownership_costs (user_id, vehicle_id, kind, title, amount, interval_months,
      start_date, end_date, notes, import_fingerprint)
    select ${userId}, ${vehicle}, kind, title, amount, "intervalMonths", "startDate", "endDate",
      notes, fingerprint
    from jsonb_to_recordset(${rows}::jsonb) as cost (kind text, title text, amount numeric,
      "intervalMonths" integer, "startDate" date, "endDate" date, notes text, fingerprint text)
    ${RETURNING}`)
  return INSERTED.parse(inserted.rows)
}
