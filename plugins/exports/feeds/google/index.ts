import {
  buildAddress,
  buildTitledDescription,
  findCarState,
  formatDay,
  formatPrice,
} from '../../domain/car-facts.ts'
import type { Feed } from '../../domain/feed.ts'
import { joinUrls } from '../../domain/safe-text.ts'

const DESCRIPTION_LENGTH = 5_000
const MILES = new Intl.NumberFormat('en-US')

/** Google vehicle listings, which are free; only clean titles, and one car for each VIN. */
export const google: Feed = {
  name: 'google',
  contentType: 'text/csv; charset=utf-8',
  buildFileName: () => 'google.csv',
  format: { kind: 'csv', header: true, lineBreak: ' ' },
  statuses: ['available'],
  soldDays: 0,
  columns: [
    { name: 'vin', read: (car) => car.vin },
    { name: 'id', read: (car) => car.id },
    { name: 'store_code', read: (_, { dealerId }) => dealerId },
    { name: 'place_id', read: () => null },
    { name: 'maps_url', read: () => null },
    { name: 'dealership_name', read: (_, { dealership }) => dealership.name },
    { name: 'dealership_address', read: (_, { dealership }) => buildAddress(dealership) },
    { name: 'tracking_phone_number', read: (_, { dealership }) => dealership.phone },
    { name: 'image_link', read: (car) => car.photos[0] ?? null },
    { name: 'additional_image_link', read: (car) => joinUrls(car.photos.slice(1), ',') },
    {
      name: 'link',
      read: (car) => car.url,
      required: 'its stock number',
      fact: 'carUrlTemplate',
    },
    { name: 'date_in_stock', read: (car, context) => formatDay(car.listedAt, context) },
    { name: 'price', read: (car, context) => formatPrice(car.price, context) },
    {
      name: 'vehicle_msrp',
      read: (car, context) => (car.msrp ? formatPrice(car.msrp, context) : null),
    },
    { name: 'condition', read: (car) => (findCarState(car) === 'new' ? 'new' : 'used') },
    {
      name: 'certified_pre_owned',
      read: (car) => (findCarState(car) === 'certified' ? 'yes' : 'no'),
    },
    { name: 'make', read: (car) => car.make },
    { name: 'model', read: (car) => car.model },
    { name: 'trim', read: (car) => car.trim },
    { name: 'year', read: (car) => car.year },
    { name: 'mileage', read: (car) => `${MILES.format(car.mileage)} miles` },
    { name: 'exterior_color', read: (car) => car.exteriorColor },
    { name: 'interior_color', read: (car) => car.interiorColor },
    { name: 'body_type', read: (car) => car.bodyStyle },
    { name: 'drivetrain', read: (car) => car.drivetrain },
    { name: 'engine', read: (car) => car.engine },
    { name: 'transmission', read: (car) => car.transmission },
    { name: 'fuel_type', read: (car) => car.fuelType },
    { name: 'description', read: buildTitledDescription, max: DESCRIPTION_LENGTH },
  ],
  rules: {
    brandedTitle: 'refuse',
    minPhotos: 1,
    fewPhotos: 'refuse',
    minMiles: 0,
    wrongVin: 'refuse',
    implausible: 'refuse',
  },
  facts: ['name', 'street', 'city', 'state', 'postalCode', 'carUrlTemplate'],
  needsDealerId: true,
}
