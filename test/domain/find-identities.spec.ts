import { describe, expect, it } from '@jest/globals'
import {
  collectJsonLeaves,
  MAX_LEAVES,
  findIdentities,
  parseStockNumber,
} from '../../plugins/scraping/domain/find-identities.ts'

const BASE = 'https://dealer.example/used'
const VIN = '1HGCM82633A004352'
const names = (value: unknown) =>
  findIdentities(collectJsonLeaves(value), BASE).map((name) =>
    Object.fromEntries(Object.entries(name).filter(([, text]) => text !== null)),
  )

describe('what names a car in a listing', () => {
  it.each<[unknown, object[]]>([
    [`Ask for ${VIN.toLowerCase()} today`, [{ vin: VIN }]],
    [{ odd: [{ vin: VIN }] }, [{ vin: VIN }]],
    [{ stockNumber: ['A2'], uuid: 'u2' }, [{ externalId: 'u2' }, { stockNumber: 'A2' }]],
    [{ stock_no: 'N/A', VehicleStockNumber: 77 }, [{ stockNumber: '77' }]],
    [{ vdp_url: '/v/2', deep: { link: 'javascript:1' } }, [{ url: 'https://dealer.example/v/2' }]],
    [{ text: 'Stock #: A1' }, [{ stockNumber: 'A1' }]],
    [{ photo: '/p/1.jpg', color: 'Red', year: 2019, paid: 'no' }, []],
    [
      {
        image_url: '/p/1',
        images: [{ uri: 'https://p.example/1' }],
        url: '/p/1.jpg?w=3',
        dealer_url: '/',
      },
      [],
    ],
    [{ href: '#', url: '/used', link: '/used#more' }, []],
    [{ inStock: 'true', stockStatus: 'in stock', stock_photo: '1', '@id': '#car' }, []],
    [{ text: '2020 Kia · Stock #A1 · 20k mi' }, [{ stockNumber: 'A1' }]],
    [{ text: 'Stock No. A1' }, [{ stockNumber: 'A1' }]],
    [
      { unit_number: 'A1', canonical: '/v/1', _id: 'u1' },
      [{ stockNumber: 'A1' }, { url: 'https://dealer.example/v/1' }, { externalId: 'u1' }],
    ],
    [null, []],
  ])('of %j is %j', (value, expected) => {
    expect(names(value)).toEqual(expected)
  })

  it('is looked for in so much of it and no more', () => {
    expect(names(Array.from({ length: 100_000 }, (_, i) => ({ stock: `A${i}` }))).length).toBe(20)
    expect(collectJsonLeaves(Array.from({ length: 100_000 }, () => 'x')).length).toBe(MAX_LEAVES)
  })
})

describe('a stock number', () => {
  it('is without its label, and none where the text says so', () => {
    expect(['Stock #: A1', 'N/A', 7, {}].map(parseStockNumber)).toEqual(['A1', null, '7', null])
    const labelled =
      'Stock No. A1|Stock Number A1|Stock A1|Stk A1|Stock ID: A1|SKU: A1|Unit #: A1|#A1|Stock ' +
      '# : A1'
    expect(labelled.split('|').filter((text) => parseStockNumber(text) !== 'A1')).toEqual([])
    const none =
      'N.A.|Not Listed|Call us|Contact dealer|Pending|In Transit|Coming ' +
      'soon|Stock|XXXX|(none)|#N/A|See dealer|Stock # N/A'
    expect(none.split('|').filter((text) => parseStockNumber(text) !== null)).toEqual([])
  })
})
