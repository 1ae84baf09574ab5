import pg from 'pg'
import { withEmptyDatabase } from './databases.ts'
import { computePercentile, measureTargets, type Request, startServer } from './measure.ts'
import { createRandom } from './random.ts'

/** How this bench is named on the command line. */
export const STATIONS = 'stations'

const COUNT = 200_000
const MAX_P95_MS = 25
const ROUNDS = 3
const SECONDS = 3
/** Clients that ask again as soon as they are answered. */
const CONNECTIONS = 4
const REQUESTS = 500
const RADII = [2, 5, 10, 25, 50]

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; min: number }

/**
 * The stations near a place, among 200,000 of which six in ten are in 300 towns: places in towns
 * and between them, and radii of 2 to 50 miles.
 */
export async function benchStations(print: Print): Promise<Figure[]> {
  print(`Filling ${COUNT} stations.`)
  return withEmptyDatabase(print, async (url, ownerUrl) => {
    const towns = await seedStations(ownerUrl)
    const started = await startServer('garage', url, '', 'nearby')
    const target = { ...started, requests: buildRequests(towns), connections: CONNECTIONS }
    const figures = await measureTargets([target], ROUNDS, SECONDS, print)
    target.stop()
    const p95 = computePercentile(figures.get('nearby')?.millis ?? [], 0.95)
    print(`p95 of stations nearby, of ${COUNT}: ${p95.toFixed(0)} ms`)
    const name = `p95 of stations nearby: ${MAX_P95_MS} ms / it`
    return [{ name, of: 'nearby', to: 'nearby', figure: MAX_P95_MS / p95, min: 1 }]
  })
}

type Town = { latitude: number; longitude: number }

async function seedStations(url: string): Promise<Town[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('select setseed(0.18)')
  const { rows } = await client.query<Town>(TOWNS)
  await client.query(SEED, [COUNT])
  await client.query('vacuum analyze stations')
  await client.end()
  return rows
}

/** The towns, as a temporary table. */
const TOWNS = `
  with made as (
    select 26 + 22 * random() as latitude, -124 + 56 * random() as longitude
    from generate_series(1, 300))
  select latitude, longitude, set_config('bench.towns', json_agg(made) over ()::text, false)
  from made`

const SEED = `
  with towns as (
    select row_number() over () as town, latitude, longitude
    from json_to_recordset(current_setting('bench.towns')::json)
      as town(latitude float8, longitude float8))
  insert into stations (name, address, latitude, longitude, phone, google_place_id)
  select 'Station ' || n, n || ' Main Street', round(case when n % 10 < 6
      then latitude + 0.15 * (random() + random() - 1) else 26 + 22 * random() end::numeric, 8),
    round(case when n % 10 < 6
      then longitude + 0.2 * (random() + random() - 1) else -124 + 56 * random() end::numeric, 8),
    '816-555-0100', 'bench-' || n
  from generate_series(1, $1::int) n join towns on town = 1 + n / 10 % 300`

function buildRequests(towns: readonly Town[]): Request[] {
  const { between } = createRandom(18)
  return Array.from({ length: REQUESTS }, (_, i) => {
    const town = towns[i % towns.length] ?? { latitude: 39, longitude: -94 }
    const [latitude, longitude] =
      i % 3 === 0
        ? [between(26, 48), between(-124, -68)]
        : [town.latitude + between(-0.05, 0.05), town.longitude + between(-0.05, 0.05)]
    const query = `lat=${latitude.toFixed(5)}&lng=${longitude.toFixed(5)}&radius=${RADII[i % 5]}`
    return { method: 'GET', path: `/api/stations/nearby?${query}`, headers: {} }
  })
}
