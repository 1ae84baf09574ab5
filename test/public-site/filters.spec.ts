import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import {
  type CarFilters,
  CHOICE_NAMES,
  type ChoiceName,
  RANGE_NAMES,
  SEARCH_SORTS,
} from '../../src/public-site/domain/filters.ts'
import { filterStock, matchStock, sortStock } from '../../src/public-site/domain/stock.ts'
import { loadStock } from '../../src/public-site/store/stock.ts'
import { saveCar } from '../support/builders.ts'
import { findCarsBySql } from '../support/car-filter-sql.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createRandom } from '../bench/random.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
  await saveCar(forecourt.payload)
  await forecourt.sql(SEED)
})
afterAll(() => forecourt.close())

const SEED = `
  insert into inventory (vin, year, make, model, "trim", price, mileage, body_style,
    exterior_color, fuel_type, features)
  select 'FILTER' || n, 2000 + n % 20, (array['Honda', 'HONDA', 'Ford', 'Citroën'])[1 + n % 4],
    (array['Civic', 'CR-V', 'F-150'])[1 + n % 3], nullif((array['EX', 'LX', ''])[1 + n % 3], ''),
    5000 + n * 100, 1 + n * 1000, (array['SUV', 'Sedan', null])[1 + n % 3],
    (array['Blue', 'Éclair'])[1 + n % 2], 'Gasoline',
    (array['["Sunroof"]', '["sunroof", "Tow hitch"]', 'null', '{"a": 1}'])[1 + n % 4]::jsonb
  from generate_series(1, 120) n`

const VALUES: Readonly<Record<ChoiceName, readonly string[]>> = {
  make: ['honda', 'CITROËN', 'Tesla'],
  model: ['civic', 'f-150'],
  body: ['suv', 'Sedan'],
  fuel: ['gasoline', 'Diesel'],
  drivetrain: ['AWD'],
  transmission: ['Manual'],
  color: ['blue', 'ÉCLAIR'],
}
const WORDS = ['honda', 'civ', 'crv', 'cr-v', 'f150', '2004', 'ex', 'filter1', 'éclair']

/** Filters of one to three kinds, and some words. */
function drawFilters(seed: number): CarFilters {
  const { between } = createRandom(seed)
  const chance = (part: number) => between(0, 1) < part
  const pick = <Value>(values: readonly Value[]) =>
    values.filter(() => chance(1 / values.length + 0.2))
  const choose = (name: ChoiceName) => (chance(0.25) ? pick(VALUES[name]) : [])
  const range = (min: number, max: number) => ({
    from: chance(0.2) ? Math.round(between(min, max)) : undefined,
    to: chance(0.2) ? Math.round(between(min, max)) : undefined,
  })
  return {
    choices: {
      make: choose('make'),
      model: choose('model'),
      body: choose('body'),
      fuel: choose('fuel'),
      drivetrain: chance(0.1) ? ['AWD'] : [],
      transmission: chance(0.1) ? ['Manual'] : [],
      color: choose('color'),
    },
    features: chance(0.3) ? pick(['SUNROOF', 'Tow hitch']) : [],
    ranges: { year: range(2000, 2020), price: range(5_000, 17_000), miles: range(1, 120_000) },
    words: chance(0.4) ? pick(WORDS) : null,
  }
}

const listIds = (cars: readonly { id: string }[]) => cars.map(({ id }) => id)

describe('filters', () => {
  it('find in memory what PostgreSQL finds, in every order', async () => {
    const { drizzle } = getPostgresAdapter(forecourt.payload)
    const { cars } = await loadStock(drizzle)
    const totals = new Set<number>()
    for (let seed = 1; seed <= 150; seed++) {
      const filters = drawFilters(seed)
      const sort = SEARCH_SORTS[seed % SEARCH_SORTS.length] ?? 'newest'
      const matching = matchStock(cars, filters)
      const sorted = listIds(sortStock(matching, sort, filters.words ?? []))
      expect([filters, sort, sorted]).toEqual([
        filters,
        sort,
        await findCarsBySql(drizzle, filters, sort),
      ])
      expect(listIds(filterStock(cars, filters).matching)).toEqual(listIds(matching))
      totals.add(matching.length)
    }
    expect(totals.size).toBeGreaterThan(20)
    expect([CHOICE_NAMES.length, RANGE_NAMES]).toEqual([7, ['year', 'price', 'miles']])
  })
})
