import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import {
  findPeriodStart,
  type LoggedCents,
  type SpendPeriod,
  type VehicleCost,
} from '../domain/owner-summary.ts'
import { COST_KIND_NAMES } from '../domain/ownership-costs.ts'

type Database = Transaction['db']

const LOGGED = z.object({
  kind: z.enum(['fuel', 'maintenance']),
  month: z.number(),
  year: z.number(),
  last30Days: z.number(),
})

/** What an owner's logs of each period cost, in the days of their time zone. */
export async function loadLoggedCents(
  db: Database,
  userId: string,
  { today, timeZone }: { today: string; timeZone: string },
): Promise<LoggedCents[]> {
  const sumSince = (period: SpendPeriod) => sql`(100 * coalesce(sum(amount) filter (
    where day >= ${findPeriodStart(period, today)}::date), 0))::float8`
  const starts = [findPeriodStart('year', today), findPeriodStart('last30Days', today)]
  const start = starts.toSorted()[0]
  const { rows } = await db.execute(sql`
    with spent as (
      select 'fuel' as kind, (date_time at time zone ${timeZone})::date as day,
        coalesce(total_cost, round(fuel_units * cost_per_unit, 2)) as amount
      from fuel_logs l join vehicles v on v.id = l.vehicle_id and v.deleted_at is null
      where l.user_id = ${userId} and date_time > ${start}::date - interval '1 day'
      union all
      select 'maintenance', service_date, cost
      from maintenance_logs l join vehicles v on v.id = l.vehicle_id and v.deleted_at is null
      where l.user_id = ${userId} and service_date >= ${start}::date and cost is not null)
    select kind, ${sumSince('month')} as month, ${sumSince('year')} as year,
      ${sumSince('last30Days')} as "last30Days"
    from spent where day >= ${start}::date and day <= ${today}::date group by kind`)
  return z.array(LOGGED).parse(rows)
}

const COST = z.object({
  kind: z.enum(COST_KIND_NAMES),
  cents: z.number(),
  intervalMonths: z.number(),
  startDay: z.string(),
  endDay: z.string().nullable(),
  soldDay: z.string().nullable(),
})

/** The ownership costs of all vehicles of an owner that are not in the trash. */
export async function loadOwnerCosts(db: Database, userId: string): Promise<VehicleCost[]> {
  const { rows } = await db.execute(sql`
    select kind, (amount * 100)::float8 as cents, interval_months as "intervalMonths",
      start_date::text as "startDay", end_date::text as "endDay", sold_date::text as "soldDay"
    from ownership_costs c join vehicles v on v.id = c.vehicle_id and v.deleted_at is null
    where c.user_id = ${userId}`)
  return z.array(COST).parse(rows)
}

const DOCUMENT = z.object({
  id: z.string(),
  vehicle: z.string(),
  title: z.string(),
  documentType: z.string(),
  expirationDate: z.string(),
  soonDays: z.number().nullable(),
})

/** A document that expires, and its vehicle. */
export type OwnerDocument = z.output<typeof DOCUMENT>

/**
 * The documents of an owner that expire: of each type of a vehicle the one that is valid longest,
 * so that an old policy does not count once there is a new one.
 */
export async function loadExpiringDocuments(
  db: Database,
  userId: string,
): Promise<OwnerDocument[]> {
  const { rows } = await db.execute(sql`
    select distinct on (d.vehicle_id, document_type) d.id, d.vehicle_id as vehicle, d.title,
      document_type as "documentType", expiration_date::text as "expirationDate",
      v.due_soon_days as "soonDays"
    from documents d join vehicles v on v.id = d.vehicle_id
    where d.user_id = ${userId} and d.deleted_at is null and expiration_date is not null
    order by d.vehicle_id, document_type, expiration_date desc, d.id`)
  return z.array(DOCUMENT).parse(rows)
}

const ENTRY = z.object({
  kind: z.enum(['fuel', 'maintenance']),
  id: z.string(),
  vehicle: z.string(),
  vehicleTitle: z.string(),
  day: z.string(),
  category: z.string().nullable(),
  cost: z.number().nullable(),
})

/** A fuel or maintenance log, with its vehicle. */
export type OwnerEntry = z.output<typeof ENTRY>

/** The latest logs of all vehicles of an owner, the newest first. */
export async function loadLastEntries(
  db: Database,
  userId: string,
  { timeZone, count }: { timeZone: string; count: number },
): Promise<OwnerEntry[]> {
  const { rows } = await db.execute(sql`
    with entries as (
      (select 'fuel' as kind, id, vehicle_id, (date_time at time zone ${timeZone})::date as day,
        fuel_type as category, coalesce(total_cost, round(fuel_units * cost_per_unit, 2)) as cost
      from fuel_logs l where user_id = ${userId} and ${isUntrashedSql}
      order by date_time desc limit ${count})
      union all
      (select 'maintenance', id, vehicle_id, service_date, category, cost
      from maintenance_logs l where user_id = ${userId} and ${isUntrashedSql}
      order by service_date desc limit ${count}))
    select e.kind, e.id, e.vehicle_id as vehicle, coalesce(v.title, '') as "vehicleTitle",
      e.day::text, e.category, e.cost::float8
    from entries e join vehicles v on v.id = e.vehicle_id
    order by e.day desc, e.id limit ${count}`)
  return z.array(ENTRY).parse(rows)
}

const isUntrashedSql = sql`
  exists (select from vehicles v where v.id = l.vehicle_id and v.deleted_at is null)`

const STATES = z.object({ inUse: z.number(), archived: z.number(), sold: z.number() })

/** How many vehicles of an owner are in use, archived, and sold by today. */
export async function countVehicleStates(
  db: Database,
  userId: string,
  today: string,
): Promise<z.output<typeof STATES>> {
  const { rows } = await db.execute(sql`
    select count(*) filter (where not sold and active)::int as "inUse",
      count(*) filter (where not sold and not active)::int as archived,
      count(*) filter (where sold)::int as sold
    from (select coalesce(sold_date <= ${today}::date, false) as sold,
        coalesce(is_active, true) as active
      from vehicles where user_id = ${userId} and deleted_at is null) states`)
  return STATES.parse(rows[0])
}

const LISTED = z.object({
  id: z.string(),
  title: z.string(),
  licensePlate: z.string().nullable(),
  miles: z.number().nullable(),
  hasImage: z.boolean(),
  state: z.enum(['in_use', 'archived', 'sold']),
})

/** A vehicle as a summary lists it; the odometer is null without a reading. */
export type ListedVehicle = z.output<typeof LISTED>

/** The vehicles of an owner that are not in the trash: those in use first. */
export async function listVehicles(
  db: Database,
  userId: string,
  { today, count }: { today: string; count: number },
): Promise<ListedVehicle[]> {
  const { rows } = await db.execute(sql`
    select id, coalesce(title, '') as title, license_plate as "licensePlate",
      nullif(odometer_reading, 0) as miles, image_key is not null as "hasImage",
      case when sold_date <= ${today}::date then 'sold' when is_active is false then 'archived'
        else 'in_use' end as state
    from vehicles where user_id = ${userId} and deleted_at is null
    order by (sold_date <= ${today}::date) is true, is_active is false, title, id limit ${count}`)
  return z.array(LISTED).parse(rows)
}

/** How many bytes of rows and files an owner stores. */
export async function sumStoredBytes(db: Database, userId: string): Promise<number> {
  const { rows } = await db.execute(sql`
    select coalesce(sum(bytes + file_bytes), 0)::float8 as bytes
    from owner_storage where user_id = ${userId}`)
  return z.object({ bytes: z.number() }).parse(rows[0]).bytes
}
