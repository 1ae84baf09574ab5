import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { clampListing } from '../../plugins/scraping/domain/column-limits.ts'
import type { Listing } from '../../plugins/scraping/domain/pages.ts'

const texts = ['vin', 'stockNumber', 'externalId', 'url', 'title', 'make', 'model', 'trim'] as const
const more = ['exteriorColor', 'transmission', 'fuelType', 'bodyStyle', 'imageUrl'] as const
const nothing = {
  ...Object.fromEntries([...texts, ...more].map((name) => [name, null])),
  year: null,
  priceCents: null,
  mileage: null,
  raw: {},
}
const listing = (about: Partial<Listing>): Listing => ({
  ...(nothing as unknown as Listing),
  ...about,
})

describe('a listing', () => {
  it('is cut to what its columns hold', () => {
    const { make, transmission } = clampListing(
      listing({ make: `A${'b'.repeat(200)}`, transmission: ` Auto\0matic\n` }),
    )
    expect([make?.length, transmission]).toEqual([100, 'Auto matic'])
  })

  it('says no number that is none, nor one beyond its range', () => {
    const malformed = clampListing(listing({ year: 21, priceCents: 0, mileage: -1 }))
    expect([malformed.year, malformed.priceCents, malformed.mileage]).toEqual([null, null, null])
    expect(clampListing(listing({ mileage: 1.5, priceCents: 10_000_000_000 }))).toMatchObject({
      mileage: null,
      priceCents: null,
    })
    expect(clampListing(listing({ year: 2021, priceCents: 1, mileage: 0 }))).toMatchObject({
      year: 2021,
      priceCents: 1,
      mileage: 0,
    })
  })

  it('keeps a whole VIN and a whole address, and no part of one', () => {
    const long = `https://a.example/${'x'.repeat(500)}`
    expect(
      clampListing(
        listing({ vin: '1hgcv1f30ma000001', url: 'https://a.example/1', imageUrl: long }),
      ),
    ).toMatchObject({
      vin: '1HGCV1F30MA000001',
      url: 'https://a.example/1',
      imageUrl: null,
    })
    expect(clampListing(listing({ vin: 'N/A', url: 'javascript:alert(1)' }))).toMatchObject({
      vin: null,
      url: null,
    })
  })

  it('fits whatever a page says, and fits again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.double(), (text, number) => {
        const result = Object.fromEntries([...texts, ...more].map((name) => [name, text]))
        const once = clampListing(
          listing({ ...result, year: number, priceCents: number, mileage: number }),
        )
        expect(once.bodyStyle?.length ?? 0).toBeLessThanOrEqual(50)
        expect(clampListing(once)).toEqual(once)
      }),
    )
  })
})
