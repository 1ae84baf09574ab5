import { text } from 'node:stream/consumers'
import type { FeedCar } from '../../plugins/exports/domain/feed-car.ts'
import type { FeedContext } from '../../plugins/exports/domain/feed.ts'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import type { FeedContents } from '../../plugins/exports/domain/generated-feed.ts'
import { generateFeed } from '../../plugins/exports/generate-feed.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from './builders.ts'
import type { TestForecourt } from './forecourt.ts'

/** The address of a photo that is not a placeholder. */
export const photo = (number: number): string => `https://photos.example.com/${number}.jpg`

/** Saves a car that every feed lists. */
export const saveListedCar = (
  forecourt: TestForecourt,
  about: Partial<Inventory> = {},
): Promise<Inventory> =>
  saveCar(forecourt.payload, {
    exteriorColor: 'Blue',
    bodyStyle: 'Sedan',
    titleStatus: 'Clean',
    description: 'One owner.',
    images: [photo(1), photo(2)],
    ...about,
  })

/** Enters every fact of the dealership, and our number in every feed. */
export async function enterDealership({ sql }: Pick<TestForecourt, 'sql'>): Promise<void> {
  await sql(
    `update dealership set name = 'Example Motors', phone = '555-0100', street = '1 Main St',
      city = 'Boston', state = 'MA', postal_code = '02134', latitude = 42.35, longitude = -71.13,
      email = 'sales@example.com', website_url = 'https://www.example.com',
      car_url_template = 'https://www.example.com/vehicles/{vinEnd}'`,
  )
  await sql(`update export_feeds set dealer_id = '1234', enabled = true`)
}

/** The file of a feed as text, with its contents. */
export async function readFeed(
  { payload }: TestForecourt,
  name: FeedName,
  now = new Date(),
): Promise<{ fileName: string; text: string; contents: FeedContents }> {
  const { body, contents, fileName } = await generateFeed({ payload }, name, { now })
  return { fileName, text: await text(body), contents: await contents }
}

/** A car as feeds have it; the test says only what it is about. */
export const aFeedCar = (about: Partial<FeedCar> = {}): FeedCar => ({
  id: '0192d3c4-0000-7000-8000-000000000001',
  status: 'available',
  vin: '1HGCM82633A004352',
  stockNumber: '0012',
  year: 2003,
  make: 'Honda',
  model: 'Accord',
  trim: 'EX',
  bodyStyle: 'Sedan',
  doors: 4,
  exteriorColor: 'Blue',
  interiorColor: 'Black',
  engine: '3.0L V6',
  transmission: 'Automatic',
  fuelType: 'Gasoline',
  drivetrain: 'FWD',
  mileage: 119_900,
  mpgCity: 21,
  mpgHighway: 30,
  condition: 'Good',
  titleStatus: 'Clean',
  owners: 1,
  accidents: 0,
  serviceRecords: true,
  warranty: null,
  carfaxUrl: null,
  autocheckUrl: null,
  description: 'Well kept.',
  features: ['Sunroof'],
  photos: [photo(1), photo(2)],
  storedPhotos: [photo(1), photo(2)],
  isThumbnailFirst: true,
  banner: null,
  title: '2003 Honda Accord EX',
  enteredTitle: null,
  price: 499_900,
  msrp: null,
  featured: false,
  url: 'https://www.example.com/vehicles/3A004352',
  listedAt: new Date('2026-11-01T00:00:00Z'),
  soldAt: null,
  updatedAt: new Date('2026-11-02T00:00:00Z'),
  highlight: null,
  isExcluded: false,
  isDuplicate: false,
  sharesVinEnd: false,
  ...about,
})

/** What a feed contains besides its cars. */
export const aFeedContext = (about: Partial<FeedContext> = {}): FeedContext => ({
  dealership: {
    name: 'Example Motors',
    phone: '555-0100',
    email: 'sales@example.com',
    street: '1 Main St',
    city: 'Boston',
    state: 'MA',
    postalCode: '02134',
    latitude: 42.35,
    longitude: -71.13,
    websiteUrl: 'https://www.example.com',
    carUrlTemplate: 'https://www.example.com/vehicles/{vinEnd}',
  },
  dealerId: '1234',
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
  now: new Date('2026-11-30T12:00:00Z'),
  ...about,
})
