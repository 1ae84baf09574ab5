import { describe, expect, it } from '@jest/globals'
import { listingTitle } from '../../plugins/scraping/domain/listing-title.ts'

const ACCORD = { year: 2021, make: 'Honda', model: 'Accord' }

describe('the title of a competitor’s car', () => {
  it('is its year, make, model, trim and both ends of its VIN', () => {
    expect(listingTitle({ ...ACCORD, trim: 'EX', vin: '1HGCM82633A004352' })).toBe('2021 Honda Accord EX · 1HGC…4352')
  })

  it('ends with the stock number where no VIN is known', () => {
    expect(listingTitle({ ...ACCORD, vin: null, stockNumber: 'R-17' })).toBe('2021 Honda Accord · R-17')
  })

  it('leaves out what the page did not say', () => {
    expect(listingTitle({ make: 'Honda', model: '' })).toBe('Honda')
    expect(listingTitle({ vin: '12345' })).toBe('12345')
    expect(listingTitle({})).toBe('A car without a name')
  })

  it('fits its column', () => {
    expect(listingTitle({ make: 'x'.repeat(100), model: 'y'.repeat(100), trim: 'z'.repeat(100) })).toHaveLength(255)
  })
})
