import { describe, expect, it } from '@jest/globals'
import { analyzeCar } from '../../plugins/market/domain/analysis.ts'
import type { Listing, Subject } from '../../plugins/market/domain/listing.ts'
import { buildSearches } from '../../plugins/market/domain/search.ts'
import { aListing, buildOwnCar, CONTEXT } from '../support/market.ts'

const SINCE = '2026-09-01T00:00:00.000Z'

/** The analysis of our car at a price in dollars, where every search finds these listings. */
function analyze(car: Partial<Subject>, dollars: number, listings: readonly Listing[]) {
  const subject = { ...buildOwnCar(car), cents: dollars * 100 }
  const collected = buildSearches(subject).map((search) => ({
    search,
    found: { listings: [...listings], complete: true, notes: [] },
  }))
  const options = { own: new Set<string>(), since: SINCE, trimNames: [] }
  return analyzeCar(subject, collected, { ...options, currency: 'USD', bands: CONTEXT.bands })
}

const listAt = (dollars: readonly number[], about: Partial<Listing>, miles = [30_000]) =>
  dollars.map((price, index) =>
    aListing({
      key: `${JSON.stringify(about)} ${index}`,
      cents: price * 100,
      miles: miles[index % miles.length] ?? null,
      ...about,
    }),
  )

describe('a dealer who prices', () => {
  it('an F-150 XL among six XL and six Platinum is told where it is among the XL', () => {
    const f150 = { make: 'Ford', model: 'F-150', year: 2019 }
    const miles = [50_000, 51_000, 52_000, 53_000, 54_000, 56_000]
    const xl = listAt([24_000, 24_400, 24_800, 25_200, 25_600, 26_000], {
      ...f150,
      trim: 'XL',
    })
    const platinum = listAt([44_000, 44_400, 44_800, 45_200, 45_600, 46_000], {
      ...f150,
      trim: 'Platinum',
    })
    const listings = [...xl, ...platinum].map((listing, index) => ({
      ...listing,
      miles: miles[index % 6] ?? null,
    }))
    const car = { ...f150, trim: 'XL Regular Cab', miles: 52_000 }
    const { figures, verdict, leftOut } = analyze(car, 25_000, listings)
    expect(figures).toMatchObject({ sampleSize: 6, medianCents: 2_500_000, maxCents: 2_600_000 })
    expect(leftOut.trim).toBe(6)
    expect(verdict).toMatchObject({ recommendation: 'competitive', priceToMarket: 100 })
    expect(verdict.explanation).toContain(
      'the median price of 6 cars like this one (same trim, same year, within 20,000 miles)',
    )
  })

  it('a used Maverick is not compared with new ones', () => {
    const maverick = { make: 'Ford', model: 'Maverick', year: 2025, trim: 'XLT' }
    const listings = [
      ...listAt([25_400, 25_600, 25_900, 26_100, 26_400, 26_600], { ...maverick, isNew: false }),
      ...listAt(Array<number>(6).fill(34_000), { ...maverick, isNew: true, miles: 600 }),
    ]
    const { figures, leftOut } = analyze({ ...maverick, miles: 12_000 }, 26_000, listings)
    expect(figures).toMatchObject({ sampleSize: 6, medianCents: 2_600_000 })
    expect(leftOut.condition).toBe(6)
  })

  it('beside five cars has five, whatever their prices', () => {
    const miles = [41_000, 39_000, 37_000, 35_000, 33_000]
    const listings = listAt([28_000, 29_500, 31_000, 32_250, 36_000], {}, miles)
    const { figures, verdict } = analyze({ miles: 38_000 }, 31_000, listings)
    expect(figures).toMatchObject({
      sampleSize: 5,
      outliers: 0,
      medianCents: 3_100_000,
      expectedCents: 3_100_000,
    })
    expect(verdict.recommendation).toBe('competitive')
    expect(verdict.explanation).toContain('the median price of 5 cars')
  })

  it('beside cars that have been for sale for four months is compared with them', () => {
    const edge = { make: 'Ford', model: 'Edge', year: 2018, trim: 'SEL' }
    const listings = listAt([18_000, 18_200, 18_400, 18_600, 18_800, 19_000, 19_200, 19_400], {
      ...edge,
      listedAt: '2026-08-02T00:00:00.000Z',
    })
    const { figures, leftOut } = analyze(edge, 18_700, listings)
    expect([figures?.sampleSize, leftOut.old]).toEqual([8, 0])
  })

  it('is told of cars that were left out because nobody has seen them for long', () => {
    const listings = listAt([18_000, 18_200, 18_400], { seenAt: '2026-08-31T23:00:00.000Z' })
    const { verdict, leftOut } = analyze({}, 18_700, listings)
    expect(leftOut.old).toBe(3)
    expect(verdict.explanation).toBe(
      'No cars like this one are for sale (all trims, same and adjacent years, within 70,000 ' +
        'miles); at least 5 are needed to estimate the market price. 3 cars were left out ' +
        'because the source has not seen them for too long.',
    )
  })

  it('$2,600 above a $26,500 market is told that it is high', () => {
    const listings = listAt([26_100, 26_300, 26_500, 26_700, 26_900], {})
    expect(analyze({}, 29_100, listings).verdict).toMatchObject({
      recommendation: 'high',
      priceToMarket: 109.8,
    })
    expect(analyze({}, 27_500, listings).verdict.recommendation).toBe('slightly_high')
    expect(analyze({}, 27_000, listings).verdict.recommendation).toBe('competitive')
  })

  it('is told an adjusted price to fifty dollars, not to the cent', () => {
    const miles = Array.from({ length: 9 }, (_, index) => 15_137 + 3_011 * index)
    const listings = listAt(
      miles.map((driven) => 40_000 - Math.round(driven * 0.137)),
      {},
      miles,
    )
    const { figures, verdict } = analyze({ miles: 31_777 }, 36_000, listings)
    expect((figures?.expectedCents ?? 0) % 5_000).not.toBe(0)
    expect(verdict.explanation).toMatch(
      /^\$36,000 is 1\.0% above about \$35,650, the median price of 9 cars/,
    )
  })

  it('in a market of two sides gets a wide interval and a low confidence', () => {
    const listings = listAt(
      [20_000, 20_200, 20_400, 20_600, 20_800, 30_000, 30_200, 30_400, 30_600, 30_800],
      {},
    )
    const { figures, verdict } = analyze({}, 25_400, listings)
    expect(figures?.interval?.lowCents).toBeLessThan(2_100_000)
    expect(figures?.interval?.highCents).toBeGreaterThan(3_000_000)
    expect(verdict.confidence).toBe('low')
    expect(verdict.explanation).toContain(
      'Low confidence: few cars to compare with, at very different prices.',
    )
  })
})
