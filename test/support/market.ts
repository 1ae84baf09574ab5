import { computeFigures, type Figures } from '../../plugins/market/domain/figures.ts'
import type { Comparable, Listing, Subject } from '../../plugins/market/domain/listing.ts'
import { buildTiers, type Tier, type TierName } from '../../plugins/market/domain/search.ts'
import type { VerdictContext } from '../../plugins/market/domain/verdict.ts'

/** The bands of the settings, without words about the tier. */
export const CONTEXT: VerdictContext = {
  bands: { inLinePercent: 3, farPercent: 7 },
  tier: null,
  old: 0,
}

/** A listing of an Accord; the test says only what it is about. */
export function aListing(about: Partial<Listing> = {}): Listing {
  return {
    vin: null,
    key: 'a listing',
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    trim: 'EX',
    drivetrain: null,
    engine: null,
    isNew: null,
    cents: 2_450_000,
    miles: 30_000,
    branded: false,
    dealer: 'Northside Motors',
    city: 'Independence',
    state: 'MO',
    position: null,
    url: null,
    listedAt: null,
    seenAt: null,
    ...about,
  }
}

/** Cars at these prices in dollars, each a car of its own. */
export function buildCarsAt(
  dollars: readonly number[],
  miles: (index: number) => number | null = () => 30_000,
): Comparable[] {
  return dollars.map((price, index) => ({
    ...aListing({ key: `car ${index}`, miles: miles(index) }),
    cents: Math.round(price * 100),
  }))
}

/** Our Accord, with 30,000 miles. */
export function buildOwnCar(about: Partial<Subject> = {}): Subject {
  return {
    vin: '1HGCV1F30MA000001',
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    trim: 'EX',
    drivetrain: null,
    engine: null,
    isNew: false,
    miles: 30_000,
    branded: false,
    ...about,
  }
}

/** The figures of cars of our trim for our Accord with so many miles. */
export const computeFiguresAt = (
  cars: readonly Comparable[],
  miles: number | null = 30_000,
  sameTrim = true,
): Figures | null => computeFigures(cars, { year: 2021, miles }, { sameTrim })

/** The tier of this name for a car. */
export function findTier(name: TierName, car: Subject = buildOwnCar()): Tier {
  const tier = buildTiers(car, []).find((one) => one.name === name)
  if (!tier) throw new Error(`The car has no tier ${name}.`)
  return tier
}
