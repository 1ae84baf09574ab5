import pg from 'pg'
import { FEED_NAMES, type FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { generateFeed } from '../../plugins/exports/generate-feed.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import { testSettings } from '../support/settings.ts'
import { withEmptyDatabase } from './databases.ts'

/** How this bench is named on the command line. */
export const FEEDS = 'feeds'

const CARS = 10_000
const PHOTOS = 20
const MAX_SECONDS = 5
const MAX_MB = 150
const SAMPLE_MS = 20
const MB = 1024 * 1024

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; min: number }
type Measured = { seconds: number; megabytes: number; bytes: number; cars: number }

/**
 * How long each feed of 10,000 cars with 20 photos each takes, and how much more memory the process
 * has at most while it is written.
 */
export async function benchFeeds(print: Print): Promise<Figure[]> {
  return withEmptyDatabase(print, async (url, ownerUrl) => {
    print(`Filling ${CARS} cars with ${PHOTOS} photos each.`)
    await seedFeedCars(ownerUrl)
    const application = await createApplication(testSettings({ DATABASE_URL: url }), url)
    try {
      return await measureFeeds(application, print)
    } finally {
      await application.close()
    }
  })
}

async function measureFeeds(application: Application, print: Print): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const name of FEED_NAMES) {
    const { bytes, cars, megabytes, seconds } = await measureFeed(application, name)
    if (cars !== CARS) throw new Error(`${name} lists ${cars} of ${CARS} cars.`)
    print(
      `${name.padEnd(14)} ${seconds.toFixed(1)} s  + ${megabytes.toFixed(0)} MB  ` +
        `a file of ${(bytes / MB).toFixed(1)} MB`,
    )
    figures.push(
      compare(name, `${MAX_SECONDS} s`, MAX_SECONDS / seconds),
      compare(name, `${MAX_MB} MB`, MAX_MB / Math.max(megabytes, 1)),
    )
  }
  return figures
}

const compare = (name: string, limit: string, figure: number): Figure => ({
  name: `feeds.${name}: ${limit} / it`,
  of: name,
  to: name,
  figure,
  min: 1,
})

async function measureFeed({ payload }: Application, name: FeedName): Promise<Measured> {
  const before = process.memoryUsage.rss()
  let highest = before
  const sampling = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss())
  }, SAMPLE_MS)
  const start = performance.now()
  const { body, contents } = await generateFeed({ payload }, name, { now: new Date() })
  let bytes = 0
  for await (const chunk of body) bytes += Buffer.byteLength(chunk as Buffer)
  const { listed } = await contents
  clearInterval(sampling)
  return {
    seconds: (performance.now() - start) / 1_000,
    megabytes: (highest - before) / MB,
    bytes,
    cars: listed.length,
  }
}

async function seedFeedCars(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(CARS_SQL, [CARS, PHOTOS])
  await client.query(DEALERSHIP_SQL)
  await client.query('vacuum analyze inventory')
  await client.end()
}

const DEALERSHIP_SQL = `
  update dealership set name = 'Bench Motors', website_url = 'https://bench.example',
    car_url_template = 'https://bench.example/vehicles/{stockNumber}'`

/** Cars whose VIN has the right check digit. */
const CARS_SQL = `
  with spelled as (
    select n, '1HGCV1F30MA' || lpad(n::text, 6, '0') as vin from generate_series(1, $1::int) n),
  weighed as (
    select n, vin, sum(
      (strpos('0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ', substr(vin, i, 1)) - 1) % 10
      * ('{8,7,6,5,4,3,2,10,0,9,8,7,6,5,4,3,2}'::int[])[i]) % 11 as digit
    from spelled, generate_series(1, 17) i group by n, vin)
  insert into inventory (title, vin, stock_number, year, make, model, trim, body_style, doors,
    exterior_color, interior_color, engine, transmission, fuel_type, drivetrain, mileage, mpg_city,
    mpg_highway, condition, price, cost, msrp, featured, images, thumbnail, description, features,
    title_status, owners, accidents, service_records, warranty, carfax_url, listed_at, status)
  select 'Car ' || n,
    overlay(vin placing case when digit = 10 then 'X' else digit::text end from 9 for 1),
    'S' || n, 2021, 'Honda', 'Accord', 'Touring', 'Sedan', 4, 'Meteorite Gray', 'Black',
    '2.0L I4 Turbo', 'Automatic', 'Gasoline', 'AWD', 1000 + n, 28, 36, 'Excellent', 15000 + n % 9000,
    4000, 60000, n % 10 = 0,
    (select jsonb_agg('https://pictures.example/cars/' || n || '/photo-' || i || '-large.webp')
      from generate_series(1, $2::int) i),
    'https://pictures.example/cars/' || n || '/thumbnail.webp',
    repeat('Well kept, one owner, all services on time. ', 14),
    '["Heated seats", "Sunroof", "Adaptive cruise control", "Apple CarPlay", "Blind spot monitor"]',
    'Clean', 1, 0, true, 'The rest of the maker''s warranty.', 'https://reports.example/' || n,
    now() - n * interval '1 minute', 'available'
  from weighed`
