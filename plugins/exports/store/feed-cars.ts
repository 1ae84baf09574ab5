import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../../src/database/transaction.ts'
import { amountToCents } from '../../../src/domain/money.ts'
import type { LotStatus } from '../../../src/domain/lot-status.ts'
import type { FeedName } from '../domain/feed-names.ts'
import { LOT_STATUS } from './query.ts'

/** The transaction of a request, or the pool if there is none. */
export type QueryContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

const TEXT = z.string().nullable()
const NUMBER = z.number().nullable()
const CENTS = z
  .string()
  .nullable()
  .transform((amount) => (amount === null ? null : amountToCents(amount)))
const INSTANT = z.union([z.string(), z.date()]).transform((value) => new Date(value))
const TEXTS = z
  .array(z.string())
  .nullable()
  .transform((texts) => texts ?? [])
const ROW = z.object({
  id: z.string(),
  status: LOT_STATUS,
  vin: z.string(),
  slug: TEXT,
  stockNumber: TEXT,
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: TEXT,
  bodyStyle: TEXT,
  doors: NUMBER,
  exteriorColor: TEXT,
  interiorColor: TEXT,
  engine: TEXT,
  transmission: TEXT,
  fuelType: TEXT,
  drivetrain: TEXT,
  mileage: z.number(),
  mpgCity: NUMBER,
  mpgHighway: NUMBER,
  condition: TEXT,
  titleStatus: TEXT,
  owners: NUMBER,
  accidents: NUMBER,
  serviceRecords: z.boolean().nullable(),
  warranty: TEXT,
  carfaxUrl: TEXT,
  autocheckUrl: TEXT,
  description: TEXT,
  features: TEXTS,
  images: TEXTS,
  thumbnail: TEXT,
  enteredHighlight: TEXT,
  price: CENTS,
  msrp: CENTS,
  featured: z.boolean().nullable(),
  listedAt: INSTANT.nullable(),
  soldAt: INSTANT.nullable(),
  updatedAt: INSTANT,
})
const OVERRIDE = z.object({
  carId: z.string(),
  feed: z.string(),
  excluded: z.boolean().nullable(),
  title: TEXT,
  price: CENTS,
})

/** A car as its table has it; amounts are in cents. */
export type CarRow = z.output<typeof ROW>

/** What one feed says about one car instead; the price is in cents. */
export type FeedOverride = z.output<typeof OVERRIDE>

/** Which cars a feed takes: by status, and those that were sold since then. */
export type CarSelection = { statuses: readonly LotStatus[]; soldSince: Date }

/** Loads the next cars of a feed, by their id; `after` is the id of the last one. */
export function loadCarPage(
  context: QueryContext,
  { statuses, soldSince }: CarSelection,
  { after, limit }: { after: string; limit: number },
): Promise<CarRow[]> {
  const listed = sql.join(
    statuses.map((status) => sql`${status}`),
    sql`, `,
  )
  return loadCars(
    context,
    sql`car.id > ${after}::uuid and (car.status in (${listed})
      or car.status = 'sold' and car.sold_at > ${soldSince.toISOString()}::timestamptz)
      order by car.id limit ${limit}`,
  )
}

/** Loads cars by id, in no order. */
export function loadCarsById(context: QueryContext, ids: readonly string[]): Promise<CarRow[]> {
  return loadCars(context, sql`car.id = any(${toArray(ids)}::uuid[])`)
}

/** A list of ids as PostgreSQL writes an array. */
const toArray = (ids: readonly string[]): string => `{${ids.join(',')}}`

async function loadCars(context: QueryContext, condition: SQL): Promise<CarRow[]> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select car.id, car.status, car.vin, car.slug, car.stock_number as "stockNumber",
      car.year, car.make, car.model, car.trim, car.body_style as "bodyStyle", car.doors,
      car.exterior_color as "exteriorColor", car.interior_color as "interiorColor", car.engine,
      car.transmission, car.fuel_type as "fuelType", car.drivetrain, car.mileage,
      car.mpg_city as "mpgCity", car.mpg_highway as "mpgHighway", car.condition,
      car.title_status as "titleStatus", car.owners, car.accidents,
      car.service_records as "serviceRecords", car.warranty, car.carfax_url as "carfaxUrl",
      car.autocheck_url as "autocheckUrl", car.description, car.features, car.images,
      car.thumbnail, car.highlight as "enteredHighlight", car.price, car.msrp, car.featured,
      car.listed_at as "listedAt", car.sold_at as "soldAt", car.updated_at as "updatedAt"
    from inventory car where ${condition}`)
  return z.array(ROW).parse(rows)
}

/** Loads what feeds say about cars instead; `feed` is one of them, null for all. */
export async function loadOverrides(
  context: QueryContext,
  ids: readonly string[],
  feed: FeedName | null,
): Promise<FeedOverride[]> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select car_id as "carId", feed, excluded, title, price from feed_overrides
    where car_id = any(${toArray(ids)}::uuid[])
      and (${feed}::text is null or feed = ${feed}::text)`)
  return z.array(OVERRIDE).parse(rows)
}

/** Numbers of cars that several unsold cars have, in letters and digits alone. */
export type SharedNumbers = { whole: ReadonlySet<string>; ends: ReadonlySet<string> }

/** Loads the numbers, and the last eight characters, that several cars of the stock have. */
export async function loadSharedNumbers(context: QueryContext): Promise<SharedNumbers> {
  const { rows } = await getTransaction(context).db.execute(sql`
    with numbers as (
      select upper(regexp_replace(vin, '[^A-Za-z0-9]', '', 'g')) as number from inventory
      where status <> 'sold' and vin <> '')
    select number, true as whole from numbers group by number having count(*) > 1
    union all
    select right(number, 8), false from numbers group by right(number, 8) having count(*) > 1`)
  const found = z.array(z.object({ number: z.string(), whole: z.boolean() })).parse(rows)
  const pick = (isWhole: boolean) =>
    new Set(found.filter(({ whole }) => whole === isWhole).map(({ number }) => number))
  return { whole: pick(true), ends: pick(false) }
}
