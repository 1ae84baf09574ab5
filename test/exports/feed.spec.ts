import { describe, expect, it } from '@jest/globals'
import { writeCsvCars } from '../../plugins/exports/adapters/write-csv.ts'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { DEALER_FACTS } from '../../plugins/exports/domain/feed.ts'
import { feeds } from '../../plugins/exports/feeds/index.ts'
import { aFeedCar, aFeedContext } from '../support/feeds.ts'

/** The columns by the descriptions of the receivers, by hand. */
const COLUMNS: Partial<Record<FeedName, string>> = {
  autotrader:
    'Year Make Model Trim VIN StockNumber Status Featured Price MSRP Mileage ExteriorColor InteriorColor Transmission Engine ' +
    'FuelType Drivetrain BodyType Doors TitleStatus MPGCity MPGHighway Features Images PreviousOwners AccidentHistory ' +
    'CarfaxUrl Description Warranty Contact',
  carsforsale:
    'CarsForSaleDealerID NewUsed VIN StockNumber Make Model ModelYear Trim/Package BodyStyle Miles Engine Cylinders FuelType ' +
    'Transmission Price ExteriorColor InteriorColor Options Description PhotoURLs',
  'dealer-center':
    'DealerID DealerName Address City State Zip Phone StockNumber VIN Year Make Model Trim Odometer Price Exterior_Color ' +
    'InteriorColor Transmission PhotoURLs WebAdDescription VDP FuelType Description LatestPhotoModifiedDate',
}
const GOOGLE =
  'vin id store_code place_id maps_url dealership_name dealership_address tracking_phone_number image_link ' +
  'additional_image_link link date_in_stock price vehicle_msrp condition certified_pre_owned make model trim year mileage ' +
  'exterior_color'
const read = (name: FeedName, column: string, about = {}) =>
  feeds[name].columns.find((one) => one.name === column)?.read(aFeedCar(about), aFeedContext())

describe('a feed', () => {
  it.each(Object.entries(COLUMNS) as [FeedName, string][])(
    '%s has its columns in order',
    (name, columns) => {
      const names = feeds[name].columns.map((column) => column.name.replace(' ', '_'))
      expect(names).toEqual(columns.split(' '))
    },
  )

  it('google begins with the columns that Google describes', () => {
    const names = feeds.google.columns.map(({ name }) => name)
    expect(names.slice(0, 22)).toEqual(GOOGLE.split(' '))
  })

  it('demands only facts that the forms have', () => {
    for (const { facts } of Object.values(feeds))
      expect(facts.filter((fact) => !Object.hasOwn(DEALER_FACTS, fact))).toEqual([])
  })

  it('speaks the words of its receiver', () => {
    expect(read('google', 'price')).toBe('4999.00 USD')
    expect(read('google', 'mileage')).toBe('119,900 miles')
    expect(read('facebook', 'state_of_vehicle', { condition: 'Certified' })).toBe('CPO')
    expect(read('facebook', 'fuel_type', { fuelType: 'Plug-in Hybrid' })).toBe('HYBRID')
    expect(read('facebook', 'drivetrain', { drivetrain: '4WD' })).toBe('4X4')
    expect(read('facebook', 'body_style', { bodyStyle: 'Pickup' })).toBe('TRUCK')
    expect(read('facebook', 'body_style', { bodyStyle: null })).toBe('OTHER')
    expect(read('facebook', 'transmission', { transmission: '6-Speed Manual' })).toBe('MANUAL')
    expect(read('carsforsale', 'Cylinders')).toBe(6)
  })

  it('keeps international phone numbers, which are no formulas', () => {
    const [phone] = feeds['dealer-center'].columns.filter(({ name }) => name === 'Phone')
    const write = (number: string) => {
      const { dealership, ...context } = aFeedContext()
      const called = { ...context, dealership: { ...dealership, phone: number } }
      return writeCsvCars([aFeedCar()], phone ? [phone] : [], called, { lineBreak: ' ' })
    }
    expect(write('+1 (213) 555-0100')).toBe('"+1 (213) 555-0100"\r\n')
    expect(write('+1+cmd|0')).toBe(`"'+1+cmd|0"\r\n`)
  })

  it('keeps ZIP codes and stock numbers as texts, in a file of the day', () => {
    const { buildFileName, columns } = feeds['dealer-center']
    const line = writeCsvCars([aFeedCar()], columns, aFeedContext(), { lineBreak: ' ' })
    expect(line).toContain('"02134"')
    expect(line).toContain('"0012"')
    expect(line).toContain('"555-0100"')
    expect(buildFileName({ dealerId: '77', day: '2026-11-30' })).toBe('77_20261130.csv')
  })
})
