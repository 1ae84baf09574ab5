import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { clampListing } from '../../plugins/scraping/domain/column-limits.ts'
import { TEXT_FIELDS } from '../../plugins/scraping/domain/listing-fields.ts'
import { fillListing as listing } from '../support/listings.ts'

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
        const result = Object.fromEntries(TEXT_FIELDS.map((name) => [name, text]))
        const once = clampListing(
          listing({ ...result, year: number, priceCents: number, mileage: number }),
        )
        expect(once.bodyStyle?.length ?? 0).toBeLessThanOrEqual(50)
        expect(clampListing(once)).toEqual(once)
      }),
    )
  })
})
