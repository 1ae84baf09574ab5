import { buildDescription, findCarState, formatDay, formatPrice } from '../../domain/car-facts.ts'
import type { Feed, FeedColumn } from '../../domain/feed.ts'
import {
  nameBodyStyle,
  nameCondition,
  nameDrivetrain,
  nameFuel,
  nameTransmission,
} from './names.ts'

const DESCRIPTION_LENGTH = 5_000
const PHOTOS = 20
const LABELS = 5
const STATES = { new: 'NEW', used: 'USED', certified: 'CPO' } as const

const buildPhotoColumns = (): FeedColumn[] =>
  Array.from({ length: PHOTOS }, (_, index): FeedColumn[] => [
    { name: `image[${index}].url`, read: (car) => car.photos[index] ?? null },
    { name: `image[${index}].tag[0]`, read: () => null },
  ]).flat()

const buildLabelColumns = (): FeedColumn[] =>
  Array.from({ length: LABELS }, (_, index) => ({
    name: `custom_label_${index}`,
    read: () => null,
  }))

/**
 * Meta's automotive inventory ads and Marketplace. A sold car stays as NOT_AVAILABLE for 30 days:
 * Meta would delete its history with it.
 */
export const facebook: Feed = {
  name: 'facebook',
  contentType: 'text/csv; charset=utf-8',
  buildFileName: () => 'facebook.csv',
  format: { kind: 'csv', header: true, lineBreak: ' ' },
  statuses: ['available'],
  soldDays: 30,
  columns: [
    { name: 'vehicle_id', read: (car) => car.id },
    { name: 'title', read: (car) => car.title },
    {
      name: 'description',
      read: (car) => buildDescription(car) ?? car.title,
      max: DESCRIPTION_LENGTH,
    },
    {
      name: 'url',
      read: (car) => car.url,
      required: 'its stock number',
      fact: 'carUrlTemplate',
    },
    { name: 'make', read: (car) => car.make },
    { name: 'model', read: (car) => car.model },
    { name: 'year', read: (car) => car.year },
    { name: 'mileage.value', read: (car) => car.mileage },
    { name: 'mileage.unit', read: () => 'MI' },
    ...buildPhotoColumns(),
    { name: 'transmission', read: (car) => nameTransmission(car.transmission) },
    { name: 'fuel_type', read: (car) => nameFuel(car.fuelType) },
    { name: 'body_style', read: (car) => nameBodyStyle(car.bodyStyle) },
    { name: 'drivetrain', read: (car) => nameDrivetrain(car.drivetrain) },
    { name: 'vin', read: (car) => car.vin },
    { name: 'condition', read: (car) => nameCondition(car.condition) },
    { name: 'price', read: (car, context) => formatPrice(car.price, context) },
    { name: 'sale_price', read: () => null },
    { name: 'address.addr1', read: (_, { dealership }) => dealership.street },
    { name: 'address.city', read: (_, { dealership }) => dealership.city },
    { name: 'address.region', read: (_, { dealership }) => dealership.state },
    { name: 'address.postal_code', read: (_, { dealership }) => dealership.postalCode },
    { name: 'address.country', read: () => 'US' },
    { name: 'exterior_color', read: (car) => car.exteriorColor, required: 'Exterior Color' },
    {
      name: 'availability',
      read: (car) => (car.status === 'available' ? 'AVAILABLE' : 'NOT_AVAILABLE'),
    },
    { name: 'date_first_on_lot', read: (car, context) => formatDay(car.listedAt, context) },
    { name: 'state_of_vehicle', read: (car) => STATES[findCarState(car)] },
    { name: 'latitude', read: (_, { dealership }) => dealership.latitude },
    { name: 'longitude', read: (_, { dealership }) => dealership.longitude },
    { name: 'dealer_id', read: (_, { dealerId }) => dealerId },
    { name: 'dealer_name', read: (_, { dealership }) => dealership.name },
    { name: 'dealer_phone', read: (_, { dealership }) => dealership.phone },
    { name: 'fb_page_id', read: (_, { dealerId }) => dealerId },
    ...buildLabelColumns(),
  ],
  rules: {
    brandedTitle: 'refuse',
    minPhotos: 2,
    fewPhotos: 'refuse',
    minMiles: 500,
    wrongVin: 'refuse',
    implausible: 'refuse',
  },
  facts: [
    'name',
    'street',
    'city',
    'state',
    'postalCode',
    'latitude',
    'longitude',
    'carUrlTemplate',
  ],
  needsDealerId: true,
}
