import { centsToAmount } from '../../../../src/domain/money.ts'
import { buildTitledDescription, formatDay } from '../../domain/car-facts.ts'
import type { Feed } from '../../domain/feed.ts'
import { joinUrls } from '../../domain/safe-text.ts'

/** DealerCenter: CSV with a line of names, one file for each day. */
export const dealerCenter: Feed = {
  name: 'dealer-center',
  contentType: 'text/csv; charset=utf-8',
  buildFileName: ({ dealerId, day }) => `${dealerId ?? 'inventory'}_${day.replaceAll('-', '')}.csv`,
  format: { kind: 'csv', header: true, lineBreak: ' ' },
  statuses: ['available'],
  soldDays: 0,
  columns: [
    { name: 'DealerID', read: (_, { dealerId }) => dealerId },
    { name: 'DealerName', read: (_, { dealership }) => dealership.name },
    { name: 'Address', read: (_, { dealership }) => dealership.street },
    { name: 'City', read: (_, { dealership }) => dealership.city },
    { name: 'State', read: (_, { dealership }) => dealership.state },
    { name: 'Zip', read: (_, { dealership }) => dealership.postalCode },
    { name: 'Phone', read: (_, { dealership }) => dealership.phone },
    { name: 'StockNumber', read: (car) => car.stockNumber },
    { name: 'VIN', read: (car) => car.vin },
    { name: 'Year', read: (car) => car.year },
    { name: 'Make', read: (car) => car.make },
    { name: 'Model', read: (car) => car.model },
    { name: 'Trim', read: (car) => car.trim },
    { name: 'Odometer', read: (car) => car.mileage },
    { name: 'Price', read: (car) => centsToAmount(car.price) },
    { name: 'Exterior Color', read: (car) => car.exteriorColor },
    { name: 'InteriorColor', read: (car) => car.interiorColor },
    { name: 'Transmission', read: (car) => car.transmission },
    { name: 'PhotoURLs', read: (car) => joinUrls(car.photos, '|') },
    { name: 'WebAdDescription', read: buildTitledDescription },
    { name: 'VDP', read: (car) => car.url },
    { name: 'FuelType', read: (car) => car.fuelType },
    { name: 'Description', read: buildTitledDescription, html: true },
    { name: 'LatestPhotoModifiedDate', read: (car, context) => formatDay(car.updatedAt, context) },
  ],
  rules: {
    brandedTitle: 'refuse',
    minPhotos: 1,
    fewPhotos: 'refuse',
    minMiles: 0,
    wrongVin: 'refuse',
    implausible: 'refuse',
  },
  facts: ['name', 'phone'],
  needsDealerId: true,
}
