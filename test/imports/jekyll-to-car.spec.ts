import { describe, expect, it } from '@jest/globals'
import { parseFrontMatter, splitFrontMatter } from '../../src/imports/jekyll/front-matter.ts'
import { toCar } from '../../src/imports/jekyll/to-car.ts'
import type { CarFromFile } from '../../src/imports/jekyll/to-car.ts'
import { ACCORD, buildSiteFile } from '../fixtures/jekyll/site-folder.ts'

const now = new Date('2026-11-21T12:00:00Z')

const carOf = (keys: Parameters<typeof buildSiteFile>[0] = {}, body = ''): CarFromFile => {
  const parts = splitFrontMatter(buildSiteFile(keys, body))
  const parsed = 'yaml' in parts ? parseFrontMatter(parts.yaml) : parts
  if (!('frontMatter' in parsed) || !('body' in parts))
    throw new Error(`the test's own file is broken: ${JSON.stringify(parsed)}`)
  return toCar(
    { frontMatter: parsed.frontMatter, body: parts.body.trim() },
    { now, currency: 'USD' },
  )
}

const refusalsOf = (keys: Parameters<typeof buildSiteFile>[0]): unknown => {
  const read = carOf(keys)
  return 'refusals' in read ? read.refusals : []
}

describe('a site file as a car', () => {
  it('fills every column that it says', () => {
    const keys = {
      layout: 'vehicle',
      title: '2003 Honda Accord EX',
      trim: 'EX',
      msrp: '24,000',
      stock_number: 'A-17',
      status: 'available',
      featured: 'true',
      exterior_color: 'Agate Black Metallic',
      interior_color: 'Tan',
      transmission: '5-Speed Automatic',
      engine: '3.0L V6',
      fuel_type: 'Gasoline',
      drivetrain: 'FWD',
      body_type: 'Sedan/Saloon',
      doors: '4',
      mpg_city: '20',
      mpg_highway: '28',
      horsepower: '240',
      features: '[Sunroof, AWD]',
      images: '[/assets/front.jpg, https://cdn.example.com/side.jpg]',
      primary_image: '/assets/front.jpg',
      condition: 'Good',
      title_status: 'Salvage',
      previous_owners: "'2'",
      accident_history: 'No accidents',
      service_records_on_file: 'Available',
      warranty: '3 Month / 3,000 Mile Powertrain Warranty',
      carfax_available: 'true',
      carfax_url: 'https://www.carfax.com/r/1',
      autocheck_url: 'https://www.autocheck.com/r/1',
      date_added: '2025-11-10',
    }
    expect(carOf(keys, 'A **good** car.\n\nTwo owners.')).toEqual({
      car: {
        status: 'available',
        featured: true,
        year: 2003,
        make: 'Honda',
        model: 'Accord',
        trim: 'EX',
        vin: ACCORD,
        stockNumber: 'A-17',
        price: 4999,
        msrp: 24_000,
        mileage: 119_900,
        exteriorColor: 'Agate Black Metallic',
        interiorColor: 'Tan',
        transmission: '5-Speed Automatic',
        engine: '3.0L V6',
        fuelType: 'Gasoline',
        drivetrain: 'FWD',
        bodyStyle: 'Sedan',
        doors: 4,
        mpgCity: 20,
        mpgHighway: 28,
        description: 'A **good** car.\n\nTwo owners.',
        features: ['Sunroof', 'AWD'],
        images: ['/assets/front.jpg', 'https://cdn.example.com/side.jpg'],
        thumbnail: '/assets/front.jpg',
        condition: 'Good',
        titleStatus: 'Salvage',
        owners: 2,
        accidents: 0,
        serviceRecords: true,
        warranty: '3 Month / 3,000 Mile Powertrain Warranty',
        carfaxUrl: 'https://www.carfax.com/r/1',
        autocheckUrl: 'https://www.autocheck.com/r/1',
        listedAt: '2025-11-10T00:00:00.000Z',
      },
      notes: [],
      unmapped: ['layout', 'title', 'horsepower', 'carfax_available'],
    })
  })

  it('says nothing of keys that are missing or blank, nor of an empty body', () => {
    const read = carOf({ trim: '', engine: '~', warranty: "'  '" })
    expect(read).toHaveProperty('car', {
      year: 2003,
      make: 'Honda',
      model: 'Accord',
      vin: ACCORD,
      price: 4999,
      mileage: 119_900,
    })
  })

  it('says that a list is empty', () => {
    expect(carOf({ features: '[]', images: '[]' })).toHaveProperty(
      'car',
      expect.objectContaining({ features: [], images: [] }),
    )
  })

  it('keeps make and title status as they are written', () => {
    expect(carOf({ make: 'TESLA', title_status: 'Clean' })).toHaveProperty(
      'car',
      expect.objectContaining({ make: 'TESLA', titleStatus: 'Clean' }),
    )
  })

  it('names keys that no column takes, also those of a prototype', () => {
    expect(carOf({ towing_capacity: '1', constructor: '1', toString: '1' })).toHaveProperty(
      'unmapped',
      ['towing_capacity', 'constructor', 'toString'],
    )
  })
})

describe('photos', () => {
  const photos = (keys: Parameters<typeof buildSiteFile>[0]): unknown => {
    const read = carOf(keys)
    return 'car' in read
      ? { images: read.car.images, thumbnail: read.car.thumbnail, notes: read.notes.length }
      : read
  }

  it('begin with the primary one', () => {
    expect(photos({ images: '[/a, /b, /c, /b]', primary_image: '/b' })).toEqual({
      images: ['/b', '/a', '/c', '/b'],
      thumbnail: '/b',
      notes: 0,
    })
  })

  it('get the primary one in front where the list lacks it, with a note', () => {
    expect(photos({ images: '[/a]', primary_image: '/b' })).toEqual({
      images: ['/b', '/a'],
      thumbnail: '/b',
      notes: 1,
    })
  })

  it('stay unsaid where only the primary one is said, and keep their order where it is not', () => {
    expect(photos({ primary_image: '/b' })).toEqual({
      images: undefined,
      thumbnail: '/b',
      notes: 0,
    })
    expect(photos({ images: '[/a, /b]' })).toEqual({
      images: ['/a', '/b'],
      thumbnail: undefined,
      notes: 0,
    })
  })
})

describe('the stock number', () => {
  it('is the last part of the permalink, unless the file says another', () => {
    expect(carOf({ permalink: '/vehicles/PF424688/' })).toHaveProperty(
      'car.stockNumber',
      'PF424688',
    )
    expect(carOf({ permalink: '/vehicles/PF424688/', stock_number: 'A-17' })).toHaveProperty(
      'car.stockNumber',
      'A-17',
    )
    expect(carOf({ permalink: '/vehicles/PF424688/' })).toHaveProperty('unmapped', ['permalink'])
  })
})

describe('a file that is no car', () => {
  it('has every problem told, each with key, value and reason', () => {
    expect(
      refusalsOf({
        vin: '1HGCM82643A004352',
        price: "'0.00'",
        mileage: '0',
        make: null,
        doors: 'four',
      }),
    ).toEqual([
      { key: 'make', value: '', reason: 'make is missing, and a car cannot be saved without it.' },
      {
        key: 'vin',
        value: '1HGCM82643A004352',
        reason: expect.stringContaining('has check digit 4, expected 3'),
      },
      {
        key: 'price',
        value: '0.00',
        reason: expect.stringMatching(/^price "0\.00" is 0: .*asking price/),
      },
      {
        key: 'mileage',
        value: '0',
        reason: expect.stringMatching(/^mileage "0" is 0: .*odometer/),
      },
      { key: 'doors', value: 'four', reason: 'doors "four" is not a whole number.' },
    ])
  })

  it('is refused when two keys of one column contradict each other', () => {
    const contradiction =
      'service_records_on_file "None" contradicts another key for the same column, ' +
      'serviceRecords; keep one.'
    expect(refusalsOf({ service_records: 'Available', service_records_on_file: 'None' })).toEqual([
      { key: 'service_records_on_file', value: 'None', reason: contradiction },
    ])
    expect(refusalsOf({ service_records: 'Available', service_records_on_file: '5-10' })).toEqual(
      [],
    )
  })

  it('still tells its VIN, and the keys that no column takes', () => {
    expect(carOf({ price: '0', layout: 'vehicle' })).toMatchObject({
      vin: ACCORD,
      unmapped: ['layout'],
    })
    expect(carOf({ vin: 'x' })).toHaveProperty('vin', undefined)
  })
})
