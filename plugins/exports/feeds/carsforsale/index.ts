import { centsToAmount } from '../../../../src/domain/money.ts'
import { buildTitledDescription, findCarState, findCylinders } from '../../domain/car-facts.ts'
import type { Feed } from '../../domain/feed.ts'
import { joinUrls } from '../../domain/safe-text.ts'

const DESCRIPTION_LENGTH = 4_000

/** CarsForSale.com: text without a line of names; the order of the columns is the contract. */
export const carsforsale: Feed = {
  name: 'carsforsale',
  contentType: 'text/plain; charset=utf-8',
  buildFileName: ({ dealerId }) => `${dealerId ?? 'inventory'}.txt`,
  format: { kind: 'csv', header: false, lineBreak: ' ' },
  statuses: ['available'],
  soldDays: 0,
  columns: [
    { name: 'CarsForSaleDealerID', read: (_, { dealerId }) => dealerId },
    { name: 'NewUsed', read: (car) => (findCarState(car) === 'new' ? 'New' : 'Used') },
    { name: 'VIN', read: (car) => car.vin },
    { name: 'StockNumber', read: (car) => car.stockNumber },
    { name: 'Make', read: (car) => car.make },
    { name: 'Model', read: (car) => car.model },
    { name: 'ModelYear', read: (car) => car.year },
    { name: 'Trim/Package', read: (car) => car.trim },
    { name: 'BodyStyle', read: (car) => car.bodyStyle },
    { name: 'Miles', read: (car) => car.mileage },
    { name: 'Engine', read: (car) => car.engine },
    { name: 'Cylinders', read: (car) => findCylinders(car.engine) },
    { name: 'FuelType', read: (car) => car.fuelType },
    { name: 'Transmission', read: (car) => car.transmission },
    { name: 'Price', read: (car) => centsToAmount(car.price) },
    { name: 'ExteriorColor', read: (car) => car.exteriorColor },
    { name: 'InteriorColor', read: (car) => car.interiorColor },
    { name: 'Options', read: (car) => car.features.join(', ') },
    { name: 'Description', read: buildTitledDescription, max: DESCRIPTION_LENGTH },
    { name: 'PhotoURLs', read: (car) => joinUrls(car.photos, ',') },
  ],
  rules: {
    brandedTitle: 'refuse',
    minPhotos: 1,
    fewPhotos: 'refuse',
    minMiles: 0,
    wrongVin: 'refuse',
    implausible: 'refuse',
  },
  facts: [],
  needsDealerId: true,
}
