import { describe, expect, it } from '@jest/globals'
import { formatListingTitle } from '../../plugins/scraping/domain/listing-title.ts'

const ACCORD = { year: 2021, make: 'Honda', model: 'Accord' }

describe('the title of a competitor’s car', () => {
  it('is its year, make, model, trim and both ends of its VIN', () => {
    expect(formatListingTitle({ ...ACCORD, trim: 'EX', vin: '1HGCM82633A004352' })).toBe(
      '2021 Honda Accord EX · 1HGC…4352',
    )
  })

  it('ends with the stock number where no VIN is known', () => {
    expect(formatListingTitle({ ...ACCORD, vin: null, stockNumber: 'R-17' })).toBe(
      '2021 Honda Accord · R-17',
    )
  })

  it('leaves out what the page did not say', () => {
    expect(formatListingTitle({ make: 'Honda', model: '' })).toBe('Honda')
    expect(formatListingTitle({ vin: '12345' })).toBe('12345')
    expect(formatListingTitle({})).toBe('Unnamed car')
  })

  it('fits its column', () => {
    expect(
      formatListingTitle({ make: 'x'.repeat(100), model: 'y'.repeat(100), trim: 'z'.repeat(100) }),
    ).toHaveLength(255)
  })
})
