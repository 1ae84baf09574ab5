import { centsToAmount } from '../../../../src/domain/money.ts'
import { buildTitledDescription, findCarState } from '../../domain/car-facts.ts'
import type { Feed } from '../../domain/feed.ts'

const DESCRIPTION_LENGTH = 1_000
const PHOTOS = 50

/** CarGurus: XML, version 2.0. */
export const cargurus: Feed = {
  name: 'cargurus',
  contentType: 'application/xml; charset=utf-8',
  buildFileName: ({ dealerId }) => `${dealerId ?? 'cargurus'}.xml`,
  format: {
    kind: 'xml',
    layout: {
      root: 'feed',
      attributes: { version: '2.0' },
      head: ({ dealerId, dealership }) => [
        { name: 'dealer_id', content: dealerId },
        { name: 'dealer_name', content: dealership.name },
      ],
      list: null,
      car: 'listing',
    },
  },
  statuses: ['available'],
  soldDays: 0,
  columns: [
    { name: 'vin', read: (car) => car.vin },
    { name: 'stock_number', read: (car) => car.stockNumber },
    { name: 'year', read: (car) => car.year },
    { name: 'make', read: (car) => car.make },
    { name: 'model', read: (car) => car.model },
    { name: 'trim', read: (car) => car.trim },
    { name: 'price', read: (car) => centsToAmount(car.price) },
    { name: 'msrp', read: (car) => car.msrp && centsToAmount(car.msrp) },
    { name: 'mileage', read: (car) => car.mileage },
    { name: 'exterior_color', read: (car) => car.exteriorColor },
    { name: 'interior_color', read: (car) => car.interiorColor },
    { name: 'transmission', read: (car) => car.transmission },
    { name: 'engine', read: (car) => car.engine },
    { name: 'fuel_type', read: (car) => car.fuelType },
    { name: 'drivetrain', read: (car) => car.drivetrain },
    { name: 'body_type', read: (car) => car.bodyStyle },
    { name: 'doors', read: (car) => car.doors },
    { name: 'condition', read: findCarState },
    { name: 'title_status', read: (car) => car.titleStatus },
    { name: 'mpg_city', read: (car) => car.mpgCity },
    { name: 'mpg_highway', read: (car) => car.mpgHighway },
    { name: 'features', read: (car) => car.features.join(', ') },
    { name: 'image', read: (car) => car.photos.slice(0, PHOTOS), xml: { numbered: true } },
    { name: 'description', read: buildTitledDescription, max: DESCRIPTION_LENGTH },
    { name: 'dealer_phone', read: (_, { dealership }) => dealership.phone },
    { name: 'dealer_email', read: (_, { dealership }) => dealership.email },
    { name: 'dealer_street', read: (_, { dealership }) => dealership.street },
    { name: 'dealer_city', read: (_, { dealership }) => dealership.city },
    { name: 'dealer_state', read: (_, { dealership }) => dealership.state },
    { name: 'dealer_zip', read: (_, { dealership }) => dealership.postalCode },
    { name: 'listing_url', read: (car) => car.url },
    { name: 'status', read: (car) => (car.status === 'available' ? 'Active' : 'Inactive') },
  ],
  rules: {
    brandedTitle: 'refuse',
    minPhotos: 1,
    fewPhotos: 'refuse',
    minMiles: 0,
    wrongVin: 'refuse',
    implausible: 'refuse',
  },
  facts: ['name'],
  needsDealerId: true,
}
