import { describe, expect, it } from '@jest/globals'
import type { ListingField } from '../../plugins/scraping/domain/listing-fields.ts'
import type { Listing } from '../../plugins/scraping/domain/pages.ts'
import { countUnread, isUnreadable } from '../../plugins/scraping/domain/unread-fields.ts'

describe('a value that gives nothing', () => {
  it.each<[ListingField, unknown]>([
    ['priceCents', '12K'],
    ['priceCents', '$20,000 $18,000'],
    ['priceCents', { odd: true }],
    ['mileage', true],
    ['year', "'19"],
    ['vin', '1HGCM82643A004352'],
    ['title', { odd: [] }],
    ['imageUrl', 'https://a:b@c.example/'],
  ])('could not be read: %s of %j', (field, value) => {
    expect(isUnreadable(field, value)).toBe(true)
  })

  it.each<[ListingField, unknown]>([
    ['priceCents', 'Call for price'],
    ['priceCents', '$0'],
    ['priceCents', null],
    ['priceCents', ''],
    ['mileage', 'N/A'],
    ['vin', 'TBD'],
    ['stockNumber', 'N/A'],
    ['url', '#'],
    ['trim', []],
    ['trim', {}],
    ['trim', false],
    ['year', undefined],
  ])('says that there is none: %s of %j', (field, value) => {
    expect(isUnreadable(field, value)).toBe(false)
  })
})

describe('what could not be read of a list', () => {
  const listing = {
    priceCents: null,
    mileage: 7,
    unread: ['priceCents', 'mileage'],
  } as unknown as Listing

  it('is counted by field, but for what another listing of the same car gave', () => {
    expect(countUnread([listing, listing, { ...listing, unread: [] }])).toEqual({ priceCents: 2 })
  })
})
