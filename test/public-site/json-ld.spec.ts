import { describe, expect, it } from '@jest/globals'
import { buildJsonLd, formatScriptJson } from '../../src/public-site/domain/json-ld.ts'

const car = {
  year: 2020,
  make: 'Honda',
  model: 'Civic',
  trim: null,
  vin: '2HGFC2F69LH500001',
  stockNumber: null,
  price: 18_000.5,
  mileage: 40_000,
  condition: 'New',
  bodyStyle: null,
  exteriorColor: '',
  interiorColor: null,
  engine: null,
  transmission: null,
  fuelType: null,
  drivetrain: 'Something else',
  doors: null,
  owners: 0,
  description: null,
  images: [],
}
const nobody = {
  name: null,
  phone: null,
  websiteUrl: null,
  street: null,
  city: null,
  state: null,
  postalCode: null,
}

describe('the description of a car', () => {
  it('leaves out what is unknown', () => {
    expect(buildJsonLd(car, { url: null, currency: 'USD', seller: nobody })).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Car',
      name: '2020 Honda Civic',
      vehicleIdentificationNumber: car.vin,
      brand: { '@type': 'Brand', name: 'Honda' },
      model: 'Civic',
      vehicleModelDate: '2020',
      itemCondition: 'https://schema.org/NewCondition',
      mileageFromOdometer: { '@type': 'QuantitativeValue', value: 40_000, unitCode: 'SMI' },
      driveWheelConfiguration: 'Something else',
      numberOfPreviousOwners: 0,
      offers: {
        '@type': 'Offer',
        price: '18000.50',
        priceCurrency: 'USD',
        availability: 'https://schema.org/InStock',
        itemCondition: 'https://schema.org/NewCondition',
      },
    })
  })

  it('is written so that it can stand in a script', () => {
    const value = { a: '</script><!--', b: '\u2028&' }
    const text = formatScriptJson(value)
    expect(text).toBe('{"a":"\\u003c/script\\u003e\\u003c!--","b":"\\u2028\\u0026"}')
    expect(JSON.parse(text)).toEqual(value)
  })
})
