import { z } from 'zod'
import type { Analysis } from './analysis.ts'
import { amountToCents, centsToAmount } from '../../../src/domain/money.ts'
import { countFound, type Figures } from './figures.ts'
import type { Comparable } from './listing.ts'
import { isTierName, type TierName } from './search.ts'

/** A car as stored with an analysis: in decimals and miles, with a flag for outliers. */
export type ComparableRow = z.output<typeof COMPARABLE>

const COMPARABLE = z.object({
  vin: z.string().nullable().catch(null),
  key: z.string().catch(''),
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable().catch(null),
  drivetrain: z.string().nullable().catch(null),
  engine: z.string().nullable().catch(null),
  isNew: z.boolean().nullable().catch(null),
  price: z.number().positive(),
  /** The price adjusted to our car; null for an outlier. */
  adjustedPrice: z.number().nullable().catch(null),
  mileage: z.number().nullable().catch(null),
  branded: z.boolean().catch(false),
  dealer: z.string().nullable().catch(null),
  city: z.string().nullable().catch(null),
  state: z.string().nullable().catch(null),
  position: z.object({ latitude: z.number(), longitude: z.number() }).nullable().catch(null),
  url: z.string().nullable().catch(null),
  listedAt: z.string().nullable().catch(null),
  seenAt: z.string().nullable().catch(null),
  outlier: z.boolean().catch(false),
})

/**
 * Converts the cars of an analysis for storage, including outliers, so that the same figures can be
 * computed from them again.
 */
export function toComparableRows(figures: Figures | null): ComparableRow[] {
  const row = (
    { cents, miles, ...car }: Comparable,
    adjustedCents: number | null,
  ): ComparableRow => ({
    vin: car.vin,
    key: car.key,
    year: car.year,
    make: car.make,
    model: car.model,
    trim: car.trim,
    drivetrain: car.drivetrain,
    engine: car.engine,
    isNew: car.isNew,
    price: centsToAmount(cents),
    adjustedPrice: adjustedCents === null ? null : centsToAmount(adjustedCents),
    mileage: miles,
    branded: car.branded,
    dealer: car.dealer,
    city: car.city,
    state: car.state,
    position: car.position,
    url: car.url,
    listedAt: car.listedAt,
    seenAt: car.seenAt,
    outlier: adjustedCents === null,
  })
  if (!figures) return []
  const counted = figures.counted.map(({ adjustedCents, ...car }) => row(car, adjustedCents))
  return [...counted, ...figures.excluded.map((car) => row(car, null))]
}

/**
 * Parses the cars of a stored analysis. Skips rows in another format, such as manually written or
 * old ones.
 */
export function parseComparables(stored: unknown): Comparable[] {
  const rows = Array.isArray(stored) ? stored : []
  return rows.flatMap((row): Comparable[] => {
    const read = COMPARABLE.safeParse(row)
    if (!read.success) return []
    const { price, mileage, adjustedPrice: _adjusted, outlier: _outlier, ...car } = read.data
    return [{ ...car, cents: amountToCents(price), miles: mileage }]
  })
}

/** The search and its results as stored with the figures. */
export type SearchRow = ReturnType<typeof toSearchRow>

/**
 * Converts the search for storage, with the figures that lists need without the comparables.
 * `cents` is our price at the time of the analysis; `around` is the area that the source searched,
 * null for everywhere.
 */
export function toSearchRow(
  { tier, figures, verdict, leftOut, listings, complete, notes }: Analysis,
  {
    cents,
    since,
    around,
  }: { cents: number; since: string | null; around: { zip: string; radiusMiles: number } | null },
) {
  const { make, model, fromYear, toYear, fromMiles, toMiles } = tier.search
  return {
    tier: tier.name,
    make,
    model,
    fromYear,
    toYear,
    fromMiles,
    toMiles,
    seenSince: since,
    zip: around?.zip ?? null,
    radiusMiles: around?.radiusMiles ?? null,
    listings,
    complete,
    notes,
    leftOut,
    outliers: figures?.outliers ?? 0,
    supply: countFound(figures),
    ourPrice: centsToAmount(cents),
    expectedPrice: figures && centsToAmount(figures.expectedCents),
    intervalLow: figures?.interval ? centsToAmount(figures.interval.lowCents) : null,
    intervalHigh: figures?.interval ? centsToAmount(figures.interval.highCents) : null,
    firstQuartile: figures && centsToAmount(figures.firstQuartileCents),
    thirdQuartile: figures && centsToAmount(figures.thirdQuartileCents),
    dollarsPer1000Miles: figures ? toDollarsPer1000Miles(figures) : 0,
    dollarsPerYear: figures ? toDollarsPerYear(figures) : 0,
    confidence: verdict.confidence,
    priceToMarket: verdict.priceToMarket,
    explanation: verdict.explanation,
  }
}

/** The price reduction per additional thousand miles, as a decimal. */
export const toDollarsPer1000Miles = ({ centsPerMile }: Figures): number =>
  Math.round(centsPerMile * 1000) / 100

/** The price increase per newer year, as a decimal. */
export const toDollarsPerYear = ({ centsPerYear }: Figures): number =>
  Math.round(centsPerYear) / 100

const STORED_SEARCH = z.object({
  tier: z.string().nullable().catch(null),
  leftOut: z.object({ old: z.number().catch(0) }).catch({ old: 0 }),
})

/**
 * Parses what a stored analysis says about its tier. `tier` is null for an analysis of an older
 * version; its cars are of all trims.
 */
export function parseSearch(stored: unknown): { tier: TierName | null; old: number } {
  const { tier, leftOut } = STORED_SEARCH.catch({ tier: null, leftOut: { old: 0 } }).parse(stored)
  return { tier: isTierName(tier) ? tier : null, old: leftOut.old }
}
