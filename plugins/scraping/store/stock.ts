import { randomUUID } from 'node:crypto'
import { toJsonText } from '../../../src/database/json-text.ts'
import { FIELD_NAMES, getApiName, isNumberField, LISTING_FIELDS } from '../domain/listing-fields.ts'
import { formatListingTitle } from '../domain/listing-title.ts'
import type { Listing } from '../domain/pages.ts'
import type { Changes } from '../domain/runs.ts'
import type { KnownCar, MissedCar, SeenCar, StockDiff } from '../domain/stock-diff.ts'
import type { Sql } from './sql.ts'

const BATCH = 1_000

type Facts = {
  year: number | null
  make: string | null
  model: string | null
  trim: string | null
}
type Row = Facts & {
  id: string
  vin: string | null
  stock_number: string | null
  url: string | null
  external_id: string | null
  price_cents: string | null
  last_price_cents: string | null
  first_seen_at: string
  sold_at: string | null
  missed_runs: number | null
  missing_since: string | null
}

/** A known car with the facts that form its title. */
export type StockCar = KnownCar & { facts: Facts }

/**
 * Loads the cars of a competitor that a run may find again: those on sale, and those sold in the
 * last 31 days. Most recently seen first.
 */
export async function loadKnownCars(sql: Sql, competitor: string, at: Date): Promise<StockCar[]> {
  const rows = await sql<Row>(
    `select car.id, vin, stock_number, url, external_id, year, make, model, trim, (price *
      100)::bigint as price_cents, first_seen_at,
       case when is_sold then sold_at end as sold_at, missed_runs, missing_since,
       (select (past.price * 100)::bigint from competitor_price_history past
         where past.competitor_inventory_id = car.id
          order by recorded_at desc, id desc limit 1) as last_price_cents
     from competitor_inventory car left join competitor_absences on car_id = car.id
     where competitor_id = $1 and (is_sold is not true or sold_at > $2::timestamptz - interval
       '31 days')
     order by last_seen_at desc nulls last, car.id`,
    [competitor, at.toISOString()],
  )
  return rows.map(({ year, make, model, trim, ...row }) => ({
    id: row.id,
    vin: row.vin,
    stockNumber: row.stock_number,
    url: row.url,
    externalId: row.external_id,
    priceCents: toNumberOrNull(row.price_cents),
    lastPriceCents: toNumberOrNull(row.last_price_cents),
    firstSeenAt: new Date(row.first_seen_at),
    soldAt: row.sold_at === null ? null : new Date(row.sold_at),
    missedRuns: row.missed_runs ?? 0,
    missingSince: row.missing_since === null ? null : new Date(row.missing_since),
    facts: { year, make, model, trim },
  }))
}

const toNumberOrNull = (text: string | null) => (text === null ? null : Number(text))

/** Saves the changes of a competitor's stock and returns their counts. */
export async function applyDiff(
  sql: Sql,
  competitor: string,
  at: Date,
  { seen, missed }: StockDiff<StockCar, Listing>,
): Promise<Changes> {
  const rows = seen.map((one) => ({ id: one.car?.id ?? randomUUID(), one }))
  for (let from = 0; from < rows.length; from += BATCH)
    await saveSeen(sql, competitor, at, rows.slice(from, from + BATCH))
  await savePrices(
    sql,
    at,
    rows.filter(({ one }) => one.repriced),
  )
  await sql('delete from competitor_absences where car_id = any($1::uuid[])', [
    uuids(rows.map(({ id }) => id)),
  ])
  await saveMissed(sql, missed)
  const sold = missed.filter(({ soldAt }) => soldAt !== null)
  const arrived = rows.filter(({ one }) => one.car === null || one.relisted)
  const moved = await recordMoves(sql, competitor, at, {
    gone: sold.map(({ car }) => car.id),
    arrived: arrived.map(({ id }) => id),
  })
  return {
    new: seen.filter(({ car }) => car === null).length,
    sold: sold.length,
    relisted: seen.filter(({ relisted }) => relisted).length,
    repriced: seen.filter(({ car, repriced }) => car !== null && repriced).length,
    moved,
  }
}

/** The SQL of every field of a listing: its column, how it is read from JSON, and its update. */
const FIELD_PARTS = FIELD_NAMES.map((field) => {
  const column = getApiName(field).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const { type } = LISTING_FIELDS[field]
  return {
    column,
    type: `"${field}" ${isNumberField(field) ? 'bigint' : 'text'}`,
    value: type === 'cents' ? `"${field}" / 100.0` : `"${field}"`,
    update:
      type === 'cents'
        ? `${column} = excluded.${column}`
        : `${column} = coalesce(excluded.${column}, car.${column})`,
  }
})
const FIELDS_SQL = {
  columns: FIELD_PARTS.map(({ column }) => column).join(', '),
  types: FIELD_PARTS.map(({ type }) => type).join(', '),
  values: FIELD_PARTS.map(({ value }) => value).join(', '),
  updates: FIELD_PARTS.map(({ update }) => update).join(', '),
}

type SeenRow = { id: string; one: SeenCar<StockCar, Listing> }

const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`

/**
 * Saves the cars that a run saw. A value that the page no longer shows is kept, except for the
 * price: no price means that there is none.
 */
async function saveSeen(
  sql: Sql,
  competitor: string,
  at: Date,
  rows: readonly SeenRow[],
): Promise<void> {
  const values = rows.map(({ id, one }) => buildStockRow(id, one))
  await sql(
    `insert into competitor_inventory as car (id, competitor_id, ${FIELDS_SQL.columns}, raw_data,
       days_on_market, first_seen_at, last_seen_at, is_sold)
     select id, $1, ${FIELDS_SQL.values}, raw, days, $2, $2, false
     from jsonb_to_recordset($3::jsonb)
       as found (id uuid, ${FIELDS_SQL.types}, raw jsonb, days int)
     on conflict (id) do update set ${FIELDS_SQL.updates}, raw_data = excluded.raw_data,
       days_on_market = excluded.days_on_market, last_seen_at = excluded.last_seen_at,
       is_sold = false, sold_at = null, updated_at = now()`,
    [competitor, at.toISOString(), toJsonText(values)],
  )
}

function buildStockRow(
  id: string,
  { found, car, daysOnMarket }: SeenCar<StockCar, Listing>,
): object {
  const facts = {
    year: found.year ?? car?.facts.year ?? null,
    make: found.make ?? car?.facts.make ?? null,
    model: found.model ?? car?.facts.model ?? null,
    trim: found.trim ?? car?.facts.trim ?? null,
    vin: found.vin ?? car?.vin ?? null,
    stockNumber: found.stockNumber ?? car?.stockNumber ?? null,
  }
  return { ...found, id, title: formatListingTitle(facts), days: daysOnMarket }
}

/** Adds prices that differ from the previous ones to the history. */
async function savePrices(sql: Sql, at: Date, rows: readonly SeenRow[]): Promise<void> {
  const values = rows.map(({ id, one: { found } }) => ({
    id,
    cents: found.priceCents,
    miles: found.mileage,
  }))
  await sql(
    `insert into competitor_price_history (competitor_inventory_id, recorded_at, price, mileage,
      min_price)
     select id, $1, cents / 100.0, coalesce(miles, (select mileage from competitor_inventory car
       where car.id = now.id)),
       least(cents / 100.0, (select min(price) from competitor_price_history past
         where past.competitor_inventory_id = now.id))
     from jsonb_to_recordset($2::jsonb) as now (id uuid, cents bigint, miles int)`,
    [at.toISOString(), toJsonText(values)],
  )
}

async function saveMissed(sql: Sql, missed: readonly MissedCar<StockCar>[]): Promise<void> {
  const values = missed.map(
    ({ car: { id }, missedRuns: runs, missingSince: since, soldAt: sold, daysOnMarket: days }) => ({
      id,
      runs,
      since,
      sold,
      days,
    }),
  )
  const gone =
    'jsonb_to_recordset($1::jsonb) as gone (id uuid, runs int, since timestamptz, sold ' +
    'timestamptz, days int)'
  await sql(
    `insert into competitor_absences (car_id, missed_runs, missing_since) select id, runs, since
      from ${gone}
     on conflict (car_id) do update set missed_runs = excluded.missed_runs, missing_since =
       excluded.missing_since`,
    [toJsonText(values)],
  )
  await sql(
    `update competitor_inventory car set is_sold = gone.sold is not null, sold_at = gone.sold,
      days_on_market = gone.days, updated_at = now()
     from ${gone} where car.id = gone.id`,
    [toJsonText(values)],
  )
}

/**
 * Records moves: a car that is gone here and was since seen on sale at another competitor was not
 * sold. Returns the number of moves.
 */
async function recordMoves(
  sql: Sql,
  competitor: string,
  at: Date,
  { gone, arrived }: Record<'gone' | 'arrived', string[]>,
) {
  const movedAway = await sql(
    `update competitor_absences absence set moved_to = there.competitor_id
      from competitor_inventory here, competitor_inventory there
     where absence.car_id = here.id and here.id = any($2::uuid[]) and there.vin = here.vin
       and there.competitor_id <> $1
       and there.is_sold is not true and there.last_seen_at >= here.last_seen_at returning car_id`,
    [competitor, uuids(gone)],
  )
  const movedHere = await sql(
    `update competitor_absences absence set moved_to = $1 from competitor_inventory here,
      competitor_inventory there
     where absence.car_id = there.id and here.id = any($2::uuid[]) and there.vin = here.vin
       and there.competitor_id <> $1
       and there.is_sold and there.sold_at > $3::timestamptz - interval '30 days'
       and moved_to is null returning car_id`,
    [competitor, uuids(arrived), at.toISOString()],
  )
  return movedAway.length + movedHere.length
}
