import { describe, expect, it } from '@jest/globals'
import type { Listing } from '../../plugins/scraping/domain/pages.ts'
import { listTestScrapeWarnings } from '../../plugins/scraping/domain/test-scrape-warnings.ts'

const whole = {
  vin: 'V',
  stockNumber: 'S',
  url: 'U',
  priceCents: 1,
  mileage: 1,
  make: 'Honda',
} as Listing
const testScrape = { listings: [whole], dropped: [], announced: null, hasMorePages: false }

describe('a test scrape', () => {
  it('of a site that says everything has nothing to warn of', () => {
    expect(listTestScrapeWarnings(testScrape)).toEqual([])
  })

  it('tells what is missing from how many cars, and which of them have no name', () => {
    const bare = { ...whole, vin: null, stockNumber: null, url: null, priceCents: null }
    expect(listTestScrapeWarnings({ ...testScrape, listings: [whole, bare] })).toEqual([
      ...['VIN', 'stock number', 'address', 'price'].map((word) => `1 of 2 cars has no ${word}.`),
      'Cars without a VIN, stock number, address or ID: 1. Each run counts them as new.',
    ])
  })

  it('tells what could not be read, the first five in words', () => {
    const names = [{ vin: null, stockNumber: 'A1', url: null }]
    const dropped = Array.from({ length: 7 }, (_, index) => ({
      what: `card ${index}`,
      why: 'it is empty',
      names,
    }))
    const warnings = listTestScrapeWarnings({ ...testScrape, dropped })
    expect([warnings.length, warnings[0], warnings[5]]).toEqual([
      6,
      'card 0 could not be read: it is empty',
      '2 more could not be read.',
    ])
  })

  it('counts of how many cars a field could not be read, and how many listings name no car', () => {
    const unread = {
      ...whole,
      priceCents: null,
      mileage: null,
      unread: ['priceCents', 'mileage'] as const,
    }
    expect(listTestScrapeWarnings({ ...testScrape, listings: [whole, unread, unread] })).toEqual(
      expect.arrayContaining([
        '2 of 3 cars have a price that could not be read.',
        '2 of 3 cars have a mileage that could not be read.',
      ]),
    )
    expect(
      listTestScrapeWarnings({ ...testScrape, dropped: [{ what: 'card', why: 'it is empty' }] }).at(
        -1,
      ),
    ).toMatch(/^1 of them cannot be matched to a car/)
  })

  it('tells that it found nothing, or read the first pages only', () => {
    expect(listTestScrapeWarnings({ ...testScrape, listings: [] })).toEqual(['No cars were found.'])
    expect(listTestScrapeWarnings({ ...testScrape, hasMorePages: true, announced: 9 })).toEqual([
      'Only the first pages were read; the site reports 9 cars.',
    ])
  })
})
