import { describe, expect, it } from '@jest/globals'
import type { Draft } from '../../plugins/scraping/domain/listing-draft.ts'
import { readListings } from '../../plugins/scraping/domain/page-listings.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const HERE = { ...IN_DOLLARS, pageUrl: 'https://dealer.example/used' }
const [A, B] = ['1HGCM82633A004352', '5UXWX9C58F0D45921']

function car({
  vin,
  stock,
  url,
  price,
}: {
  vin?: string
  stock?: string
  url?: string
  price?: string
}): Draft {
  return {
    title: [['2015 BMW X3', 'h2']],
    vin: [[vin, 'vin']],
    stockNumber: [[stock, 'stock']],
    url: [[url, 'a']],
    priceCents: [[price, 'price']],
  }
}

function read(...drafts: Draft[]) {
  const found = readListings(drafts, HERE)
  if ('problem' in found) throw new Error(found.problem)
  return found
}

describe('the listings of a page', () => {
  it('are without those that cannot be read, which are told', () => {
    const { listings, dropped } = read(car({ vin: A }), car({}), car({ stock: 'B2' }))
    expect([listings.length, dropped]).toEqual([
      2,
      [{ what: '2015 BMW X3', why: 'It has no VIN and no stock number, address or ID.' }],
    ])
  })

  it('are a problem where none of them can be read: the page is of another making', () => {
    expect(readListings([car({}), car({})], HERE)).toEqual({
      problem:
        'None of the 2 listings could be read. The first, 2015 BMW X3: It has no VIN and ' +
        'no stock number, address or ID.',
    })
    expect(
      readListings([], HERE, [{ what: 'listing 1', why: 'It is of another shape.' }]),
    ).toHaveProperty('problem')
    expect(readListings([], HERE)).toEqual({ listings: [], dropped: [], sources: {} })
  })

  it('have a car once that stands there twice, with what only its second place says', () => {
    const { listings } = read(
      car({ vin: A, price: '$9,000' }),
      car({ vin: B }),
      car({ vin: A, stock: 'S1', price: '$8,000' }),
    )
    expect(listings).toMatchObject([{ vin: A, stockNumber: 'S1', priceCents: 900_000 }, { vin: B }])
  })

  it('are the same car by VIN, else by stock number, else by address', () => {
    expect(read(car({ stock: 'S1' }), car({ vin: A, stock: 'S1' })).listings).toMatchObject([
      { vin: A, stockNumber: 'S1' },
    ])
    expect(read(car({ url: '/1' }), car({ stock: 'S1', url: '/1' })).listings).toHaveLength(1)
    expect(
      read(car({ vin: A, stock: 'TBD' }), car({ vin: B, stock: 'TBD' })).listings,
    ).toHaveLength(2)
    expect(
      read(car({ stock: 'S1', url: '/ask' }), car({ stock: 'S2', url: '/ask' })).listings,
    ).toHaveLength(2)
    expect(read(car({ vin: A }), car({ stock: 'S1' }), car({ url: '/1' })).listings).toHaveLength(3)
  })

  it('may be ten thousand, of which half are doubles', () => {
    const drafts = Array.from({ length: 10_000 }, (_, i) => car({ stock: `S${i % 5_000}` }))
    expect(read(...drafts).listings).toHaveLength(5_000)
  })

  it('say of their first where its values stood', () => {
    expect(read(car({}), car({ stock: 'S1' })).sources).toEqual({
      stockNumber: 'stock',
      title: 'h2',
      year: 'h2 (from the title)',
      make: 'h2 (from the title)',
      model: 'h2 (from the title)',
    })
  })
})
