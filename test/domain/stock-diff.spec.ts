import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  countDaysBetween,
  type FoundCar,
  type KnownCar,
  type RunFacts,
  diffStock,
} from '../../plugins/scraping/domain/stock-diff.ts'

const vinOf = (number: number) => `1HGCV1F30MA${String(number).padStart(6, '0')}`
const day = (number: number) => new Date(Date.UTC(2026, 2, number))

const known = (about: Partial<KnownCar> = {}): KnownCar => ({
  id: 'one',
  vin: vinOf(1),
  stockNumber: null,
  url: null,
  priceCents: 2_000_00,
  lastPriceCents: 2_000_00,
  firstSeenAt: day(1),
  soldAt: null,
  missedRuns: 0,
  missingSince: null,
  ...about,
})
const found = (about: Partial<FoundCar> = {}): FoundCar => ({
  vin: vinOf(1),
  stockNumber: null,
  url: null,
  priceCents: 2_000_00,
  ...about,
})
const facts = (about: Partial<RunFacts> = {}): RunFacts => ({
  at: day(10),
  complete: true,
  unread: [],
  soldAfterDays: 0,
  ...about,
})

describe('a car that a run did not find', () => {
  it('is not sold after one whole run without it, but after two in a row: since the first of them', () => {
    const [first] = diffStock([known()], [], facts()).missed
    expect(first).toMatchObject({
      missedRuns: 1,
      missingSince: day(10),
      soldAt: null,
      daysOnMarket: 9,
    })
    const again = known({ missedRuns: 1, missingSince: day(10) })
    expect(diffStock([again], [], facts({ at: day(11) })).missed).toMatchObject([
      { missedRuns: 2, soldAt: day(10), daysOnMarket: 9 },
    ])
  })

  it('is not sold before it was missing for as many days as are asked for', () => {
    const gone = known({ missedRuns: 5, missingSince: day(10) })
    expect(diffStock([gone], [], facts({ at: day(12), soldAfterDays: 3 })).missed).toMatchObject([
      { soldAt: null },
    ])
    expect(diffStock([gone], [], facts({ at: day(13), soldAfterDays: 3 })).missed).toMatchObject([
      { soldAt: day(10) },
    ])
  })

  it('is not missing from a run that did not read everything', () => {
    expect(
      diffStock([known({ missedRuns: 1, missingSince: day(9) })], [], facts({ complete: false }))
        .missed,
    ).toEqual([])
  })

  it('is not missing where a listing that could not be read names it', () => {
    const words = [`the card of ${vinOf(1).toLowerCase()}`]
    expect(
      diffStock([known(), known({ id: 'two', vin: vinOf(2) })], [], facts({ unread: words }))
        .missed,
    ).toMatchObject([{ car: { id: 'two' } }])
  })

  it(
    'is not missing where its name stands as a word of its own, and missing where it is a part ' +
      'of another',
    () => {
      const [car, word] = [
        known({ vin: null, stockNumber: '201' }),
        (unread: string) => facts({ unread: [unread] }),
      ]
      expect(diffStock([car], [], word('2019 Ford Focus #201')).missed).toEqual([])
      expect(diffStock([car], [], word('2015 Ford Focus, 12019')).missed).toMatchObject([
        { missedRuns: 1 },
      ])
      const page = known({ vin: null, url: 'https://a.example/cars/1' })
      expect(
        diffStock([page], [], word('https://a.example/cars/12 could not be read')).missed,
      ).toHaveLength(1)
    },
  )

  it(
    'is not missing where a listing that could not be read has its VIN, stock number, address ' +
      'or id',
    () => {
      const nobody = { vin: null, stockNumber: null, url: null }
      const car = known({ stockNumber: 'A2', url: 'https://a.example/v/u2', externalId: 'u2' })
      for (const name of [
        { vin: vinOf(1) },
        { stockNumber: 'a2' },
        { url: 'https://a.example/v/u2#top' },
        { externalId: 'u2' },
      ])
        expect(diffStock([car], [], facts({ refused: [{ ...nobody, ...name }] })).missed).toEqual(
          [],
        )
      expect(
        diffStock([car], [], facts({ refused: [{ ...nobody, externalId: 'u3' }] })).missed,
      ).toHaveLength(1)
    },
  )

  it('that was sold before stays as it is', () => {
    expect(diffStock([known({ soldAt: day(2) })], [], facts()).missed).toEqual([])
  })
})

describe('a car that a run found', () => {
  it('goes on with its stay, though it was taken for sold, within 30 days', () => {
    const [seen] = diffStock([known({ soldAt: day(1) })], [found()], facts({ at: day(31) })).seen
    expect(seen).toMatchObject({ relisted: true, car: { id: 'one' }, daysOnMarket: 30 })
  })

  it('is new after that, and where it has no VIN to be known by', () => {
    expect(
      diffStock([known({ soldAt: day(1) })], [found()], facts({ at: day(32) })).seen,
    ).toMatchObject([{ car: null }])
    const nameless = { vin: null, stockNumber: 'A1' }
    expect(
      diffStock([known({ ...nameless, soldAt: day(9) })], [found(nameless)], facts()).seen,
    ).toMatchObject([{ car: null }])
  })

  it('has another price only when one is said that is not the last one', () => {
    const repriced = (was: Partial<KnownCar>, priceCents: number | null) =>
      diffStock([known(was)], [found({ priceCents })], facts()).seen[0]?.repriced
    expect(repriced({}, 2_000_00)).toBe(false)
    expect(repriced({}, 1_999_00)).toBe(true)
    expect(repriced({}, null)).toBe(false)
    expect(repriced({ priceCents: null }, 2_000_00)).toBe(false)
    expect(repriced({ priceCents: null, lastPriceCents: null }, 2_000_00)).toBe(true)
    expect(diffStock([], [found()], facts()).seen).toMatchObject([
      { repriced: true, daysOnMarket: 0 },
    ])
  })
})

/** Days of a lot: which of eight cars each run finds, and whether it is a whole one. */
const weeks = fc.array(
  fc.record({ there: fc.uniqueArray(fc.integer({ min: 1, max: 8 })), complete: fc.boolean() }),
  {
    maxLength: 15,
  },
)

/** What is known after these runs, kept as the store would. */
function after(runs: { there: number[]; complete: boolean }[]): KnownCar[] {
  let cars: KnownCar[] = []
  for (const [index, { there, complete }] of runs.entries()) {
    const { seen, missed } = diffStock(
      cars,
      there.map((one) => found({ vin: vinOf(one) })),
      facts({ at: day(index + 1), complete }),
    )
    const seenNow = seen.map(({ car, found: { vin } }) => ({
      ...(car ?? known({ id: `${vin}`, vin, firstSeenAt: day(index + 1) })),
    }))
    const now = [
      ...seenNow.map((car) => ({ ...car, soldAt: null, missedRuns: 0, missingSince: null })),
      ...missed.map(({ car, missedRuns, missingSince, soldAt }) => ({
        ...car,
        missedRuns,
        missingSince,
        soldAt,
      })),
    ]
    cars = [...cars.filter(({ id }) => !now.some((one) => one.id === id)), ...now]
  }
  return cars
}

describe('whatever runs there are', () => {
  it('a car is sold exactly when the last two whole runs, or more, missed it since it was seen', () => {
    fc.assert(
      fc.property(weeks, (runs) => {
        for (const { vin, soldAt } of after(runs)) {
          const number = Number(vin?.slice(11))
          const last = runs.findLastIndex(({ there }) => there.includes(number))
          const without = runs.flatMap(({ complete }, index) =>
            index > last && complete ? [index] : [],
          )
          expect(soldAt).toEqual(without.length >= 2 ? day((without[0] ?? 0) + 1) : null)
        }
      }),
    )
  })

  it('a run that did not read everything never takes a car away', () => {
    fc.assert(
      fc.property(weeks, fc.uniqueArray(fc.integer({ min: 1, max: 8 })), (runs, there) => {
        const onSale = (cars: KnownCar[]) =>
          cars.filter(({ soldAt }) => soldAt === null).map(({ id }) => id)
        const then = onSale(after([...runs, { there, complete: false }]))
        expect(onSale(after(runs)).filter((id) => !then.includes(id))).toEqual([])
      }),
    )
  })

  it('the order of what was found does not matter', () => {
    fc.assert(
      fc.property(weeks, ([one = { there: [], complete: true }, ...runs]) => {
        const before = after(runs)
        const ids = (there: number[]) =>
          diffStock(
            before,
            there.map((number) => found({ vin: vinOf(number) })),
            facts(),
          ).missed.map(({ car }) => car.id)
        expect(ids(one.there.toReversed())).toEqual(ids(one.there))
      }),
    )
  })
})

describe('days between two moments', () => {
  it('are whole ones, and none when the other came first', () => {
    expect(countDaysBetween(day(1), new Date(day(3).getTime() - 1))).toBe(1)
    expect(countDaysBetween(day(3), day(1))).toBe(0)
  })
})
