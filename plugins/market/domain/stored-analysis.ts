import { z } from 'zod'
import type { Analysis } from './analysis.ts'
import { dollarsToCents, centsToDollars } from './cents.ts'
import type { Figures } from './figures.ts'
import type { Comparable } from './listing.ts'

/** A car as an analysis keeps it: dollars and miles, an outlier marked. */
export type ComparableRow = z.output<typeof COMPARABLE>

const COMPARABLE = z.object({
  vin: z.string().nullable().catch(null),
  key: z.string().catch(''),
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable().catch(null),
  price: z.number().positive(),
  /** What it would ask with the miles of our car; null for an outlier. */
  adjustedPrice: z.number().nullable().catch(null),
  mileage: z.number().nullable().catch(null),
  branded: z.boolean().catch(false),
  dealer: z.string().nullable().catch(null),
  city: z.string().nullable().catch(null),
  state: z.string().nullable().catch(null),
  url: z.string().nullable().catch(null),
  seenAt: z.string().nullable().catch(null),
  outlier: z.boolean().catch(false),
})

/**
 * The cars of an analysis, outliers too, so that the same figures can be reckoned from them again.
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
    price: centsToDollars(cents),
    adjustedPrice: adjustedCents === null ? null : centsToDollars(adjustedCents),
    mileage: miles,
    branded: car.branded,
    dealer: car.dealer,
    city: car.city,
    state: car.state,
    url: car.url,
    seenAt: car.seenAt,
    outlier: adjustedCents === null,
  })
  if (!figures) return []
  const counted = figures.counted.map(({ adjustedCents, ...car }) => row(car, adjustedCents))
  return [...counted, ...figures.excluded.map((car) => row(car, null))]
}

/**
 * The cars that a stored analysis compared; those that are written otherwise, by hand or long ago,
 * are left out.
 */
export function parseComparables(stored: unknown): Comparable[] {
  const rows = Array.isArray(stored) ? stored : []
  return rows.flatMap((row): Comparable[] => {
    const read = COMPARABLE.safeParse(row)
    if (!read.success) return []
    const { price, mileage, adjustedPrice: _adjusted, outlier: _outlier, ...car } = read.data
    return [{ ...car, cents: dollarsToCents(price), miles: mileage }]
  })
}

/** What was searched for and what became of it, as it is kept beside the figures. */
export type SearchRow = ReturnType<typeof toSearchRow>

/**
 * `cents` is our price when it was judged; `around` is where the source looked, null for
 * everywhere.
 */
export function toSearchRow(
  { search, figures, verdict, leftOut, listings, complete, notes }: Analysis,
  {
    cents,
    since,
    around,
  }: { cents: number; since: string | null; around: { zip: string; radiusMiles: number } | null },
) {
  const { tier, make, model, fromYear, toYear, fromMiles, toMiles } = search
  return {
    tier,
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
    ourPrice: centsToDollars(cents),
    expectedPrice: figures && centsToDollars(figures.expectedCents),
    dollarsPer1000Miles: figures ? Math.round(figures.centsPerMile * 1000) / 100 : 0,
    confidence: verdict.confidence,
    priceToMarket: verdict.priceToMarket,
    explanation: verdict.explanation,
  }
}
