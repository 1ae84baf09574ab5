import { describe, expect, it } from '@jest/globals'
import { type DemoCar, demoCars } from '../../src/demo/demo-cars.ts'
import { parseVin } from '../../src/domain/vin.ts'

const nameOf = ({ year, make, model }: DemoCar): string => `${year} ${make} ${model}`
const wordsIn = (text: string): number => text.split(/\s+/).length
const count = (wanted: (car: DemoCar) => boolean): number => demoCars.filter(wanted).length
const namesWhere = (wanted: (car: DemoCar) => boolean): string[] =>
  demoCars.filter(wanted).map(nameOf)

/** Position 10 of the years 1980 to 2009, and again of 2010 to 2039 (49 CFR 565.15, table VII). */
const yearCodes = 'ABCDEFGHJKLMNPRSTVWXY123456789'

const modern = demoCars.filter(({ year }) => year >= 1981)

describe('the lot', () => {
  it('holds at least 44 cars, most of them for sale', () => {
    expect(demoCars.length).toBeGreaterThanOrEqual(44)
    expect(count(({ status }) => status === 'available')).toBeGreaterThanOrEqual(34)
  })

  it('shows every status a car can have', () => {
    expect(count(({ status }) => status === 'pending')).toBe(4)
    expect(count(({ status }) => status === 'hold')).toBe(3)
    expect(count(({ status }) => status === 'sold')).toBe(5)
  })

  it('features six cars, each of them for sale', () => {
    const featured = demoCars.filter((car) => car.featured)
    expect(featured).toHaveLength(6)
    expect(featured.map(({ status }) => status)).toEqual(featured.map(() => 'available'))
  })

  it.each([
    'Sedan',
    'Hatchback',
    'Coupe',
    'Convertible',
    'Wagon',
    'SUV',
    'Minivan',
    'Pickup',
    'Van',
  ])('has more than one %s', (bodyStyle) =>
    expect(count((car) => car.bodyStyle === bodyStyle)).toBeGreaterThan(1),
  )

  it.each(['Gasoline', 'Diesel', 'Hybrid', 'Plug-in hybrid', 'Electric'])(
    'has a car that runs on %s',
    (fuelType) => expect(count((car) => car.fuelType === fuelType)).toBeGreaterThan(0),
  )

  it('has a salvage and a rebuilt title among the clean ones', () => {
    expect(count(({ titleStatus }) => titleStatus === 'Salvage')).toBeGreaterThan(0)
    expect(count(({ titleStatus }) => titleStatus === 'Rebuilt')).toBeGreaterThan(0)
  })

  it('says of exactly the sold cars when they were sold, and never before they were listed', () => {
    expect(namesWhere(({ soldDaysAgo }) => soldDaysAgo !== undefined)).toEqual(
      namesWhere(({ status }) => status === 'sold'),
    )
    expect(
      namesWhere(
        ({ listedDaysAgo, soldDaysAgo = 0 }) => soldDaysAgo < 0 || soldDaysAgo >= listedDaysAgo,
      ),
    ).toEqual([])
  })
})

describe('the numbers on the cars', () => {
  it('are all different', () => {
    expect(new Set(demoCars.map(({ vin }) => vin)).size).toBe(demoCars.length)
  })

  it('are accepted as they stand', () => {
    expect(demoCars.map(({ vin, year }) => parseVin(vin, { modelYear: year }))).toEqual(
      demoCars.map(({ vin }) => expect.objectContaining({ vin })),
    )
  })

  it('carry a right check digit, but for one European car', () => {
    const warned = modern.filter(({ vin, year }) => {
      const result = parseVin(vin, { modelYear: year })
      return 'warnings' in result && result.warnings.length > 0
    })
    expect(warned.map(({ vin }) => vin.charAt(8))).toEqual(['Z'])
  })

  it('tell the model year at position 10', () => {
    const yearsOf = (vin: string): number[] => {
      const first = 1980 + yearCodes.indexOf(vin.charAt(9))
      return [first, first + 30]
    }
    expect(modern.filter(({ vin, year }) => !yearsOf(vin).includes(year)).map(nameOf)).toEqual([])
  })

  it('have a letter at position 7 from 2010 on and a digit before', () => {
    expect(
      modern.filter(({ vin, year }) => /[A-Z]/.test(vin.charAt(6)) !== year >= 2010).map(nameOf),
    ).toEqual([])
  })

  it('are short on the cars from before 1981', () => {
    const old = demoCars.filter(({ year }) => year < 1981)
    expect(old.length).toBeGreaterThan(0)
    expect(old.filter(({ vin }) => vin.length >= 17).map(nameOf)).toEqual([])
  })
})

describe('the money', () => {
  it('leaves a margin on every car', () => {
    expect(namesWhere(({ price, cost }) => cost <= 0 || cost >= price)).toEqual([])
  })

  it('asks less than the sticker said for every car that is no classic', () => {
    expect(
      namesWhere(({ year, price, msrp }) => year >= 2008 && msrp !== undefined && price >= msrp),
    ).toEqual([])
  })
})

describe('what is said of the cars', () => {
  it('is said in 60 to 120 words, never twice the same', () => {
    expect(
      namesWhere(({ description }) => wordsIn(description) < 60 || wordsIn(description) > 120),
    ).toEqual([])
    expect(new Set(demoCars.map(({ description }) => description)).size).toBe(demoCars.length)
  })

  it('begins differently every time', () => {
    const openings = demoCars.map(({ description }) => description.split(' ').slice(0, 4).join(' '))
    expect(new Set(openings).size).toBe(demoCars.length)
  })

  it('is plain text on one line', () => {
    expect(namesWhere(({ description }) => /[\n<>*_#`]|\s\s/.test(description))).toEqual([])
  })

  it('lists 6 to 14 features, none empty, none twice', () => {
    expect(namesWhere(({ features }) => features.length < 6 || features.length > 14)).toEqual([])
    expect(
      namesWhere(
        ({ features }) => features.includes('') || new Set(features).size < features.length,
      ),
    ).toEqual([])
  })

  it('admits the accident wherever a title is not clean', () => {
    expect(
      namesWhere(({ titleStatus, accidents }) => titleStatus !== 'Clean' && accidents === 0),
    ).toEqual([])
  })

  it('gives fuel economy for both city and highway, or for neither', () => {
    expect(
      namesWhere(
        ({ mpgCity, mpgHighway }) => (mpgCity === undefined) !== (mpgHighway === undefined),
      ),
    ).toEqual([])
  })
})
