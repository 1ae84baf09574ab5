import { centsToAmount } from '../../../../src/domain/money.ts'
import { buildAddress, buildTitledDescription } from '../../domain/car-facts.ts'
import type { Feed, FeedContext } from '../../domain/feed.ts'

/** AutoTrader: the dealership's own XML, because no public description of the format exists. */
export const autotrader: Feed = {
  name: 'autotrader',
  contentType: 'application/xml; charset=utf-8',
  buildFileName: ({ dealerId }) => `${dealerId ?? 'autotrader'}.xml`,
  format: {
    kind: 'xml',
    layout: {
      root: 'AdfInventory',
      head: (context) => [{ name: 'Dealer', content: buildDealer(context) }],
      list: 'Inventory',
      car: 'Vehicle',
    },
  },
  statuses: ['available'],
  soldDays: 0,
  columns: [
    { name: 'Year', read: (car) => car.year },
    { name: 'Make', read: (car) => car.make },
    { name: 'Model', read: (car) => car.model },
    { name: 'Trim', read: (car) => car.trim },
    { name: 'VIN', read: (car) => car.vin },
    { name: 'StockNumber', read: (car) => car.stockNumber },
    { name: 'Status', read: (car) => car.status },
    { name: 'Featured', read: (car) => car.featured },
    {
      name: 'Price',
      read: (car) => centsToAmount(car.price),
      xml: { attributes: ({ currency }) => ({ currency }) },
    },
    { name: 'MSRP', read: (car) => car.msrp && centsToAmount(car.msrp) },
    { name: 'Mileage', read: (car) => car.mileage },
    { name: 'ExteriorColor', read: (car) => car.exteriorColor },
    { name: 'InteriorColor', read: (car) => car.interiorColor },
    { name: 'Transmission', read: (car) => car.transmission },
    { name: 'Engine', read: (car) => car.engine },
    { name: 'FuelType', read: (car) => car.fuelType },
    { name: 'Drivetrain', read: (car) => car.drivetrain },
    { name: 'BodyType', read: (car) => car.bodyStyle },
    { name: 'Doors', read: (car) => car.doors },
    { name: 'TitleStatus', read: (car) => car.titleStatus },
    { name: 'MPGCity', read: (car) => car.mpgCity },
    { name: 'MPGHighway', read: (car) => car.mpgHighway },
    { name: 'Features', read: (car) => car.features, xml: { item: 'Feature' } },
    { name: 'Images', read: (car) => car.photos, xml: { item: 'Image', numbered: true } },
    { name: 'PreviousOwners', read: (car) => car.owners },
    { name: 'AccidentHistory', read: (car) => car.accidents },
    { name: 'CarfaxUrl', read: (car) => car.carfaxUrl },
    { name: 'Description', read: buildTitledDescription },
    { name: 'Warranty', read: (car) => car.warranty },
    { name: 'Contact', read: (_, context) => buildContact(context) },
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

const buildContact = ({ dealership }: FeedContext): string =>
  [dealership.name, dealership.phone, dealership.email].filter(Boolean).join(', ')

const buildDealer = ({ dealerId, dealership }: FeedContext) => [
  { name: 'DealerId', content: dealerId },
  { name: 'DealerName', content: dealership.name },
  { name: 'Phone', content: dealership.phone },
  { name: 'Email', content: dealership.email },
  { name: 'Address', content: buildAddress(dealership) },
  { name: 'WebsiteUrl', content: dealership.websiteUrl },
]
