import { z } from 'zod'
import { LAST_TRY } from '../../../jobs/last-try.ts'
import { mapFields, NUMBER_FIELDS, TEXT_FIELDS } from '../domain/listing-fields.ts'

/* The response schemas of the scraping API. Money in decimals, instants as ISO 8601 in UTC. */

const at = z.iso.datetime()
const text = z.string().nullable()
const number = z.number().nullable()

const CHANGES = z
  .object({
    new: z.number(),
    sold: z.number(),
    relisted: z.number(),
    repriced: z.number(),
    moved: z.number(),
  })
  .describe('Number of changes that the run made, by kind.')

const UNREAD = z
  .record(z.string(), z.number())
  .describe(
    'Number of cars whose field could not be read, by field; fields without problems are omitted.',
  )

const SCRAPE_RUN = z.object({
  id: z.uuid(),
  state: z.enum(['fetching', 'applied', 'failed', 'quarantined', 'discarded']),
  platform: text,
  startedAt: at,
  endedAt: at.nullable(),
  found: number,
  dropped: number,
  announced: number,
  complete: z.boolean().nullable(),
  unread: UNREAD.nullable(),
  changes: CHANGES.nullable(),
  errorType: text,
  error: text,
  pages: z.number().describe('Number of pages read so far.'),
  decidedAt: at.nullable(),
})
/** One run of a competitor. */
export type ScrapeRunAnswer = z.output<typeof SCRAPE_RUN>

export const SCRAPE_RUNS = z.strictObject({
  runs: z.array(SCRAPE_RUN),
  lastTry: LAST_TRY.optional(),
})
/**
 * GET /api/competitors/:id/runs: the latest runs, newest first, and the last try with its error if
 * it failed.
 */
export type ScrapeRunsAnswer = z.output<typeof SCRAPE_RUNS>

export const DECISION = z.strictObject({ message: z.string(), changes: CHANGES.nullable() })
/** POST /api/competitors/:id/runs/:run/accept and …/discard */
export type DecisionAnswer = z.output<typeof DECISION>

const PRICE = z.object({ recordedAt: at, price: z.number() })
const CAR = z.object({
  id: z.uuid(),
  title: text,
  vin: text,
  stockNumber: text,
  year: number,
  make: text,
  model: text,
  trim: text,
  price: number,
  mileage: number,
  url: text,
  imageUrl: text,
  firstSeenAt: at.nullable(),
  lastSeenAt: at.nullable(),
  daysOnMarket: number,
  isSold: z.boolean(),
  soldAt: at.nullable(),
  missingSince: at
    .nullable()
    .describe('When complete runs stopped finding it; null while it is listed.'),
  movedTo: z.uuid().nullable().describe('The competitor that lists it now.'),
  prices: z.array(PRICE).describe('Asking prices, oldest first.'),
})
/** A car that a competitor has or had on sale, with its price history. */
export type CarAnswer = z.output<typeof CAR>

export const STOCK = z.strictObject({
  docs: z.array(CAR),
  total: z.number(),
  page: z.number(),
  limit: z.number(),
})
/** GET /api/competitors/:id/inventory */
export type StockAnswer = z.output<typeof STOCK>

const METRICS = z.object({
  calculatedAt: at,
  totalInventory: z.number(),
  avgPrice: number,
  avgDaysOnMarket: number,
  vehiclesSold30d: z.number(),
  priceChanges30d: z.number(),
  newListings30d: z.number(),
})
/** The metrics of a competitor at one time. */
export type MetricsAnswer = z.output<typeof METRICS>

export const METRICS_HISTORY = z.strictObject({ metrics: z.array(METRICS) })
/** GET /api/competitors/:id/metrics: oldest first. */
export type MetricsHistoryAnswer = z.output<typeof METRICS_HISTORY>

const SALES_MONTH = z.object({
  month: z.string().describe('Such as 2026-11, in UTC.'),
  sold: z.number(),
  withoutPrice: z.number().describe('Number of sold cars that no bucket contains.'),
  medianPrice: number.describe('The median of the last asking prices.'),
  avgDaysOnMarket: number,
  buckets: z
    .array(z.object({ from: z.number(), to: z.number(), sold: z.number() }))
    .describe(
      'The sold cars by last asking price, from `from` up to `to`; empty ones are omitted.',
    ),
})
/** GET /api/competitors/sales: oldest month first. */
export const SALES = z.strictObject({ months: z.array(SALES_MONTH) })

const PAST_PRICE = PRICE.extend({ minPrice: number, mileage: number })
export const PRICE_HISTORY = z.strictObject({ prices: z.array(PAST_PRICE) })
/** GET /api/competitor-inventory/:id/price-history: oldest first. */
export type PriceHistoryAnswer = z.output<typeof PRICE_HISTORY>

const TEST_SCRAPE_CAR = z
  .object(mapFields(TEXT_FIELDS, () => text))
  .extend(mapFields(NUMBER_FIELDS, () => number))
  .extend({ price: number })
  .omit({ externalId: true, priceCents: true })
export const TEST_SCRAPE = z.strictObject({
  problem: z
    .object({ type: z.string(), message: z.string() })
    .nullable()
    .describe(
      'Why nothing was read, as the competitor’s row would report it; null if something was read.',
    ),
  platform: text,
  pages: z.number(),
  found: z.number(),
  announced: number,
  dropped: z.array(z.object({ what: z.string(), why: z.string() })),
  sources: z
    .record(z.string(), z.string())
    .describe('The selector, key or property that each field of the first car came from.'),
  unread: UNREAD,
  warnings: z.array(z.string()),
  rows: z.array(TEST_SCRAPE_CAR),
})
/** POST /api/competitors/:id/test */
export type TestScrapeAnswer = z.output<typeof TEST_SCRAPE>
