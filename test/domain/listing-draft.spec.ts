import { describe, expect, it } from '@jest/globals'
import { type Draft, readListing } from '../../plugins/scraping/domain/listing-draft.ts'
import { mapFields, TEXT_FIELDS } from '../../plugins/scraping/domain/listing-fields.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

const HERE = { ...IN_DOLLARS, pageUrl: 'https://dealer.example/used' }
const VIN = '1HGCM82633A004352'

function listing(draft: Draft, place = HERE) {
  const read = readListing(draft, place)
  if ('why' in read) throw new Error(read.why)
  return read.listing
}

describe('a listing', () => {
  it('takes of several values the first that can be read, and says which it was', () => {
    const read = readListing(
      {
        vin: [[VIN, 'vin']],
        priceCents: [
          ['Call', 'price'],
          ['$9,000', 'salePrice'],
          ['$8,000', 'other'],
        ],
      },
      HERE,
    )
    expect(read).toMatchObject({
      listing: { priceCents: 900_000 },
      sources: { vin: 'vin', priceCents: 'salePrice' },
    })
  })

  it('has no stock number where the page says that there is none', () => {
    const result = (stockNumber: string) =>
      listing({ vin: [[VIN, 'vin']], stockNumber: [[stockNumber, '.stock']] }).stockNumber
    expect(['N/A', '-', '0', 'None', 'NA1', '007'].map(result)).toEqual([
      null,
      null,
      null,
      null,
      'NA1',
      '007',
    ])
    expect(
      ['Stock #: A1', 'Stk# A1', 'STOCK NO.: A1', 'stock number: N/A', 'STK1234', 'Stock#'].map(
        result,
      ),
    ).toEqual(['A1', 'A1', 'A1', null, 'STK1234', null])
  })

  it('takes from its title what stands nowhere else, and says so', () => {
    const read = readListing(
      {
        vin: [[VIN, 'vin']],
        title: [['2020 Land Rover Defender 110', 'h2']],
        trim: [['SE', '.trim']],
      },
      HERE,
    )
    expect(read).toMatchObject({
      listing: { year: 2020, make: 'Land Rover', model: 'Defender', trim: 'SE' },
      sources: { year: 'h2 (from the title)', make: 'h2 (from the title)', trim: '.trim' },
    })
  })

  it('believes what is said automatically before the title, and writes the make as its maker does', () => {
    const draft: Draft = {
      vin: [[VIN, 'vin']],
      title: [['2019 Ford Focus', 'h2']],
      year: [[2020, 'year']],
      make: [['MERCEDES BENZ', 'make']],
      model: [['GLC', 'model']],
    }
    expect(listing(draft)).toMatchObject({
      year: 2020,
      make: 'Mercedes-Benz',
      model: 'GLC',
      trim: null,
    })
  })

  it('knows a make of the catalog', () => {
    const draft: Draft = { vin: [[VIN, 'vin']], title: [['2011 Zenvo ST1', 'h2']] }
    expect(listing(draft).make).toBeNull()
    expect(readListing(draft, { ...HERE, extraMakes: ['Zenvo'] })).toMatchObject({
      listing: { make: 'Zenvo', model: 'ST1' },
    })
  })

  it('is kept without a VIN that does not hold, where something else tells which car it is', () => {
    expect(
      listing({
        vin: [['1HGCM82643A004352', 'vin']],
        stockNumber: [['A1', 'stock']],
        title: [['A car', 'h2']],
      }),
    ).toMatchObject({
      vin: null,
      stockNumber: 'A1',
      raw: { vin: '1HGCM82643A004352' },
    })
  })

  it('is dropped with a reason where nothing tells which car it is', () => {
    expect(
      readListing({ vin: [['1HGCM82643A004352', 'vin']], title: [['A car', 'h2']] }, HERE),
    ).toEqual({
      what: 'A car',
      why: 'Its VIN 1HGCM82643A004352 is not valid, and it has no stock number, address or ID.',
    })
    expect(readListing({ title: [['A car', 'h2']] }, HERE)).toMatchObject({
      why: 'It has no VIN and no stock number, address or ID.',
    })
    expect(readListing({}, HERE)).toMatchObject({ what: 'an unnamed listing' })
  })

  it('is dropped where it is no car but a link', () => {
    expect(readListing({ url: [['/contact', 'a']] }, HERE)).toMatchObject({
      why: 'It shows no title, year, make or price.',
    })
  })

  it('is not known by a link to the page that it stands on, unless that page is its own', () => {
    const draft: Draft = { url: [['#car-7', 'a']], title: [['A car', 'h2']] }
    expect('why' in readListing(draft, HERE)).toBe(true)
    expect(readListing(draft, { ...HERE, isSingleCar: true })).toMatchObject({
      listing: { url: HERE.pageUrl },
    })
  })

  it('keeps what was read as it was said: short, flat, and nothing else', () => {
    const long = 'x'.repeat(9_000)
    const { raw } = listing({
      vin: [[VIN, 'vin']],
      title: [[long, 'h2']],
      mileage: [[12, 'miles']],
      make: [[{ deep: 1 }, 'make']],
    })
    expect(raw).toEqual({ vin: VIN, h2: 'x'.repeat(300), miles: 12 })
    const many = Array.from({ length: 500 }, (_, i) => [long, `source ${i}`] as const)
    expect(
      JSON.stringify(listing({ vin: [[VIN, 'vin']], priceCents: many }).raw).length,
    ).toBeLessThan(20_000)
  })

  it('fits its columns', () => {
    const long = 'Ferrari '.repeat(200)
    const read = listing(Object.fromEntries(TEXT_FIELDS.map((name) => [name, [[long, name]]])))
    expect(mapFields(TEXT_FIELDS, (name) => read[name]?.length ?? null)).toEqual({
      vin: null,
      stockNumber: 100,
      externalId: 255,
      url: null,
      title: 255,
      make: 100,
      model: 100,
      trim: 100,
      exteriorColor: 100,
      transmission: 50,
      fuelType: 50,
      bodyStyle: 50,
      drivetrain: 50,
      engine: 100,
      condition: 50,
      imageUrl: null,
    })
  })
})
