import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { buildCarsAt, computeFiguresAt } from '../support/market.ts'

describe('the figures of a market', () => {
  it('are none of no cars', () => {
    expect(computeFiguresAt([], 30_000)).toBeNull()
  })

  it.each([
    [[20_000], 2_000_000],
    [[20_000, 22_000, 21_000], 2_100_000],
    [[20_000, 22_000, 21_000, 23_000], 2_150_000],
    [[20_000, 20_000.01], 2_000_001],
    [[20_000.01, 20_000.02], 2_000_002],
    [[0.01, 0.03], 2],
  ])(
    'have the mean of the two middles as their median, half a cent up: %j is %d',
    (dollars, cents) => {
      expect(computeFiguresAt(buildCarsAt(dollars), 30_000)).toMatchObject({
        medianCents: cents,
        expectedCents: cents,
        sampleSize: dollars.length,
      })
    },
  )

  it('are of the cheapest to the dearest', () => {
    expect(computeFiguresAt(buildCarsAt([22_000, 20_500, 21_000]), 30_000)).toMatchObject({
      minCents: 2_050_000,
      maxCents: 2_200_000,
    })
  })

  it('leave out a price beyond three MAD from the median, and count it', () => {
    /* Median 20,250; distances 350, 250, 150, 50, 50, 150, 250, 69,750: MAD 200. */
    const dollars = [19_900, 20_000, 20_100, 20_200, 20_300, 20_400, 20_500, 90_000]
    expect(computeFiguresAt(buildCarsAt(dollars), 30_000)).toMatchObject({
      outliers: 1,
      sampleSize: 7,
      maxCents: 2_050_000,
      medianCents: 2_020_000,
    })
  })

  it.each([
    [20_850, 0],
    [20_850.01, 1],
  ])('keep a price of exactly three MAD: %d leaves out %d', (dearest, outliers) => {
    /* Median 20,250; MAD 200, as above. */
    const dollars = [19_900, 20_000, 20_100, 20_200, 20_300, 20_400, 20_500, dearest]
    expect(computeFiguresAt(buildCarsAt(dollars), 30_000)?.outliers).toBe(outliers)
  })

  it('leave out nobody where more than half ask the same', () => {
    expect(
      computeFiguresAt(
        buildCarsAt([20_000, 20_000, 20_000, 20_000, 20_000, 21_000, 24_000, 30_000]),
        30_000,
      ),
    ).toMatchObject({
      outliers: 0,
      sampleSize: 8,
      maxCents: 3_000_000,
    })
  })

  it('leave out nobody of seven, whose deviation says little', () => {
    const dollars = [20_000, 20_100, 20_200, 20_300, 20_400, 20_500, 90_000]
    expect(computeFiguresAt(buildCarsAt(dollars), 30_000)).toMatchObject({
      outliers: 0,
      sampleSize: 7,
    })
  })

  it('have the quartiles of the adjusted prices, between two cars where they fall there', () => {
    const dollars = [20_000, 21_000, 22_000, 23_000, 24_000, 26_000]
    expect(computeFiguresAt(buildCarsAt(dollars), 30_000)).toMatchObject({
      firstQuartileCents: 2_125_000,
      expectedCents: 2_250_000,
      thirdQuartileCents: 2_375_000,
    })
  })
})

describe('what is expected', () => {
  /** Ten cents a mile on the way from 12,000 to 33,000 miles, on top of $20,000. */
  const byMiles = (count: number) =>
    buildCarsAt(
      Array.from({ length: count }, (_, index) => 20_000 - 300 * index),
      (index) => 12_000 + 3_000 * index,
    )

  it('goes by the miles from eight cars on', () => {
    expect(computeFiguresAt(byMiles(8), 21_000)).toMatchObject({
      centsPerMile: -10,
      medianCents: 1_895_000,
      expectedCents: 1_910_000,
    })
    expect(computeFiguresAt(byMiles(7), 12_000)).toMatchObject({
      centsPerMile: 0,
      medianCents: 1_910_000,
      expectedCents: 1_910_000,
    })
  })

  it('says of each car what it would ask with our miles', () => {
    const adjusted = computeFiguresAt(byMiles(8), 12_000)?.counted.map(
      ({ adjustedCents }) => adjustedCents,
    )
    expect(new Set(adjusted)).toEqual(new Set([2_000_000]))
  })

  it('is not bent by two odd cars', () => {
    const cars = byMiles(12).map((car, index) =>
      index === 3 || index === 7 ? { ...car, cents: car.cents + 40_000 } : car,
    )
    const figures = computeFiguresAt(cars, 21_000)
    expect(figures?.centsPerMile).toBeCloseTo(-10, 6)
    expect(figures?.expectedCents).toBe(1_910_000)
  })

  it('takes a slope that rises with miles for noise', () => {
    const rising = buildCarsAt(
      [20_000, 20_100, 20_200, 20_300, 20_400, 20_500, 20_600, 20_700],
      (index) => 20_000 + index * 1_000,
    )
    expect(computeFiguresAt(rising, 20_000)).toMatchObject({
      centsPerMile: 0,
      expectedCents: 2_035_000,
    })
  })

  it('has no slope, and no negative zero, where all ask the same', () => {
    const dollars = Array.from({ length: 8 }, () => 20_000)
    const [up, down] = [1_000, -1_000].map((step) =>
      buildCarsAt(dollars, (index) => 50_000 + step * index),
    )
    expect(computeFiguresAt(up ?? [], 30_000)?.centsPerMile).toBe(0)
    expect(computeFiguresAt(down ?? [], 30_000)?.centsPerMile).toBe(0)
  })

  it('is the median where all have the same miles, or ours are not known', () => {
    const same = buildCarsAt([20_000, 20_100, 20_200, 20_300, 20_400, 20_500, 20_600, 20_700])
    expect(computeFiguresAt(same, 45_000)).toMatchObject({
      centsPerMile: 0,
      expectedCents: 2_035_000,
    })
    expect(computeFiguresAt(byMiles(9), null)).toMatchObject({
      centsPerMile: 0,
      expectedCents: 1_880_000,
    })
  })

  it('is never less than a cent', () => {
    const steep = buildCarsAt([800, 700, 600, 500, 400, 300, 200, 100], (index) => 30_000 + index)
    expect(computeFiguresAt(steep, 50_000)?.expectedCents).toBe(1)
  })
})

describe('whatever is asked', () => {
  const cents = fc.integer({ min: 1, max: 9_999_999_999 })
  const miles = fc.integer({ min: 0, max: 300_000 })
  const cars = fc.array(fc.tuple(cents, miles), { minLength: 1, maxLength: 25 }).map((all) =>
    all.map(
      ([asked, driven], index) =>
        ({
          ...buildCarsAt([1], () => driven)[0],
          key: String(index),
          cents: asked,
        }) as ReturnType<typeof buildCarsAt>[number],
    ),
  )

  it('the order makes no difference', () => {
    const mixed = cars.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(mixed, ([all, other]) => {
        const {
          counted: _one,
          excluded: _far,
          ...first
        } = computeFiguresAt(all, 30_000) ?? { counted: [], excluded: [] }
        const {
          counted: _other,
          excluded: _off,
          ...second
        } = computeFiguresAt(other, 30_000) ?? { counted: [], excluded: [] }
        expect(second).toEqual(first)
      }),
    )
  })

  it('each car twice has the same median, cheapest and dearest, and twice as many cars', () => {
    fc.assert(
      fc.property(
        cars.filter(({ length }) => length >= 8),
        (all) => {
          const [once, twice] = [
            computeFiguresAt(all, null),
            computeFiguresAt([...all, ...all], null),
          ]
          const { minCents, medianCents, maxCents } = once ?? {}
          expect(twice).toMatchObject({
            minCents,
            medianCents,
            maxCents,
            sampleSize: (once?.sampleSize ?? 0) * 2,
          })
        },
      ),
    )
  })

  it('prices a hundred times as high have figures a hundred times as high', () => {
    const whole = cars.map((all) =>
      all.map((car) => ({ ...car, cents: Math.min(car.cents, 50_000_000) * 2 })),
    )
    fc.assert(
      fc.property(whole, (all) => {
        const [before, after] = [
          computeFiguresAt(all, null),
          computeFiguresAt(
            all.map((car) => ({ ...car, cents: car.cents * 100 })),
            null,
          ),
        ]
        for (const name of ['minCents', 'medianCents', 'maxCents', 'expectedCents'] as const)
          expect(after?.[name]).toBe((before?.[name] ?? 0) * 100)
        expect(after?.outliers).toBe(before?.outliers)
      }),
    )
  })

  it(
    'the median lies between the cheapest and the dearest, no more than half of the cars are ' +
      'outliers, and five of five or more remain',
    () => {
      fc.assert(
        fc.property(cars, (all) => {
          const figures = computeFiguresAt(all, 30_000)
          expect(figures).not.toBeNull()
          if (!figures) return
          expect(figures.minCents).toBeLessThanOrEqual(figures.medianCents)
          expect(figures.medianCents).toBeLessThanOrEqual(figures.maxCents)
          expect(figures.outliers).toBeLessThanOrEqual(all.length / 2)
          expect(figures.sampleSize).toBeGreaterThanOrEqual(Math.min(5, all.length))
          expect(figures.sampleSize + figures.outliers).toBe(all.length)
          expect(figures.centsPerMile).toBeLessThanOrEqual(0)
        }),
      )
    },
  )
})
