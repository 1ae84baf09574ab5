import { centsToAmount } from '../../../../src/domain/money.ts'
import { parseVin } from '../../../../src/domain/vin.ts'
import { buildTitle } from '../../domain/car-facts.ts'
import type { FeedCar } from '../../domain/feed-car.ts'
import type { Feed } from '../../domain/feed.ts'
import { buildShortName } from './file-name.ts'

/**
 * The dealership's site: one file for each car, which the import reads back without a difference.
 * The keys `banner`, `highlight`, and `render_with_liquid` are for the site alone.
 */
export const jekyll: Feed = {
  name: 'jekyll',
  contentType: 'application/zip',
  buildFileName: () => 'jekyll.zip',
  format: { kind: 'folder' },
  statuses: ['available', 'pending'],
  soldDays: 0,
  columns: [
    { name: 'layout', read: () => 'vehicle' },
    { name: 'title', read: (car) => car.title || buildTitle(car) },
    { name: 'permalink', read: (car) => `/vehicles/${buildShortName(car)}/` },
    { name: 'year', read: (car) => car.year },
    { name: 'make', read: (car) => car.make },
    { name: 'model', read: (car) => car.model },
    { name: 'trim', read: (car) => car.trim },
    { name: 'price', read: (car) => centsToAmount(car.price) },
    { name: 'mileage', read: (car) => car.mileage },
    { name: 'vin', read: (car) => car.vin },
    { name: 'confirm_vin', read: (car) => needsConfirmation(car) || null },
    { name: 'status', read: (car) => car.status },
    { name: 'featured', read: (car) => car.featured },
    { name: 'exterior_color', read: (car) => car.exteriorColor },
    { name: 'interior_color', read: (car) => car.interiorColor },
    { name: 'transmission', read: (car) => car.transmission },
    { name: 'engine', read: (car) => car.engine },
    { name: 'fuel_type', read: (car) => car.fuelType },
    { name: 'drivetrain', read: (car) => car.drivetrain },
    { name: 'body_type', read: (car) => car.bodyStyle },
    { name: 'doors', read: (car) => car.doors },
    { name: 'title_status', read: (car) => car.titleStatus },
    { name: 'mpg_city', read: (car) => car.mpgCity },
    { name: 'mpg_highway', read: (car) => car.mpgHighway },
    { name: 'features', read: (car) => car.features },
    { name: 'images', read: (car) => car.storedPhotos },
    { name: 'primary_image', read: findPrimaryImage },
    { name: 'previous_owners', read: (car) => car.owners },
    { name: 'accident_history', read: (car) => car.accidents },
    { name: 'service_records_on_file', read: (car) => car.serviceRecords },
    { name: 'carfax_available', read: (car) => (car.carfaxUrl ? true : null) },
    { name: 'carfax_url', read: (car) => car.carfaxUrl },
    { name: 'warranty', read: (car) => car.warranty },
    { name: 'date_added', read: (car) => formatListed(car.listedAt) },
    { name: 'stock_number', read: (car) => car.stockNumber },
    { name: 'condition', read: (car) => car.condition },
    { name: 'msrp', read: (car) => car.msrp && centsToAmount(car.msrp) },
    { name: 'autocheck_url', read: (car) => car.autocheckUrl },
    { name: 'banner', read: (car) => car.banner },
    { name: 'highlight', read: (car) => car.highlight },
    { name: 'render_with_liquid', read: (car) => (hasLiquid(car) ? false : null) },
  ],
  rules: {
    brandedTitle: 'ignore',
    minPhotos: 1,
    fewPhotos: 'warn',
    minMiles: 0,
    wrongVin: 'warn',
    implausible: 'warn',
  },
  facts: [],
  needsDealerId: false,
}

/** The first photo, if it is the thumbnail: another one would change places in an import. */
function findPrimaryImage({ storedPhotos, isThumbnailFirst }: FeedCar): string | null {
  return isThumbnailFirst ? (storedPhotos[0] ?? null) : null
}

/** Midnight in UTC is what a day without a time becomes in an import. */
function formatListed(listedAt: Date | null): string | null {
  if (listedAt === null) return null
  const instant = listedAt.toISOString()
  return instant.endsWith('T00:00:00.000Z') ? instant.slice(0, 10) : instant
}

/** Whether the import would refuse the number unless the file confirms it. */
function needsConfirmation({ vin, year }: FeedCar): boolean {
  const parsed = parseVin(vin, { modelYear: year })
  return 'problem' in parsed && parsed.problem.confirmable
}

/** Whether Jekyll would run something in the description as code. */
const hasLiquid = ({ description }: FeedCar): boolean => /\{[{%]/.test(description ?? '')
