import pg from 'pg'
import { withEmptyDatabase } from './databases.ts'
import { computePercentile, measureTargets, type Request, startServer } from './measure.ts'
import { createRandom } from './random.ts'
import { seedCars } from './seed.ts'

/** How this bench is named on the command line. */
export const PUBLIC_SITE = 'public-site'

/** As many cars as 10,000 of are available. */
const CARS = 12_500
const MAX_P95_MS = { search: 40, facets: 60 }
/** The public list, of which a search answers as much, for a comparison on the same machine. */
const LIST = 'list'
const ROUNDS = 3
const SECONDS = 3
/** Clients that ask again as soon as they are answered. */
const CONNECTIONS = 4
const REQUESTS = 400

type Print = (line: string) => void
type Kind = keyof typeof MAX_P95_MS
type Figure = { name: string; of: string; to: string; figure: number; min: number }

/**
 * Searches and facets of 10,000 cars, none of them from memory: with one to three filters, words,
 * first letters and misspelled words.
 */
export async function benchPublicSite(print: Print): Promise<Figure[]> {
  print(`Filling ${CARS} cars.`)
  return withEmptyDatabase(print, async (url, ownerUrl) => {
    await seedCars(ownerUrl, 1, CARS)
    await varyCars(ownerUrl)
    const server = await startServer('uncached', url, '', 'search')
    const kinds: Kind[] = ['search', 'facets']
    const targets = [LIST, ...kinds].map((name) => ({
      ...server,
      name,
      requests: name === LIST ? buildListRequests() : buildRequests(name),
      connections: CONNECTIONS,
    }))
    const figures = await measureTargets(targets, ROUNDS, SECONDS, print)
    server.stop()
    const compute = (name: string, part: number) =>
      computePercentile(figures.get(name)?.millis ?? [], part)
    for (const { name } of targets)
      print(
        `${name}, of ${CARS} cars: p50 ${compute(name, 0.5).toFixed(1)} ms, ` +
          `p95 ${compute(name, 0.95).toFixed(1)} ms`,
      )
    return kinds.flatMap((name) => compareKind(name, compute))
  })
}

/** The p95 of a kind beside its target, and its median beside that of the list. */
function compareKind(name: Kind, compute: (name: string, part: number) => number): Figure[] {
  const max = MAX_P95_MS[name]
  return [
    {
      name: `p95 of ${name}: ${max} ms / it`,
      of: name,
      to: name,
      figure: max / compute(name, 0.95),
      min: 1,
    },
    {
      name: `p50 of ${name}: list / it`,
      of: name,
      to: LIST,
      figure: compute(LIST, 0.5) / compute(name, 0.5),
      min: 0,
    },
  ]
}

/** Gives the cars as many different facts as those of a large dealership have. */
async function varyCars(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(VARY)
  await client.query('vacuum full analyze inventory')
  await client.end()
}

const VARY = `
  update inventory set
    model = (array['Civic', 'Accord', 'CR-V', 'Pilot', 'F-150', 'Mustang', 'Escape', 'Model 3',
      'Model Y', 'Camry', 'Corolla', 'RAV4', 'X5', '330i', 'Tacoma'])[1 + mileage % 15],
    "trim" = (array['EX', 'LX', 'Touring', 'Sport', 'Limited', 'XLE'])[1 + year % 6],
    body_style = (array['Sedan', 'SUV', 'Pickup', 'Coupe', 'Wagon'])[1 + mileage / 7 % 5],
    exterior_color = (array['Meteorite Gray', 'Pearl White', 'Blue', 'Red', 'Black'])[1 + year % 5],
    fuel_type = (array['Gasoline', 'Hybrid', 'Electric', 'Diesel'])[1 + mileage / 3 % 4],
    drivetrain = (array['FWD', 'RWD', 'AWD', '4WD'])[1 + year % 4]`

const TEXTS = ['honda civic', 'hoda civc', 'toyota', 'tesla mod', 'bmw x5 blue', 'camry', 'f-150']
const MAKES = ['Honda', 'Ford', 'Tesla', 'Toyota', 'BMW']

/** Pages of the list, each with another price. */
function buildListRequests(): Request[] {
  return Array.from({ length: REQUESTS }, (_, i) => {
    const query = new URLSearchParams({
      limit: '20',
      'where[price][less_than]': String(20_000 + i * 100),
    })
    return { method: 'GET', path: `/api/inventory?${query}`, headers: {} }
  })
}

function buildRequests(kind: string): Request[] {
  const { between } = createRandom(21)
  const pick = (values: readonly string[]) => values[Math.floor(between(0, values.length))] ?? ''
  return Array.from({ length: REQUESTS }, (_, i) => {
    const query = new URLSearchParams({ priceTo: String(20_000 + i * 100) })
    if (i % 2 === 0) query.append('make', pick(MAKES))
    if (i % 3 === 0) query.append('q', pick(TEXTS))
    if (i % 4 === 0) query.append('body', pick(['SUV', 'Sedan', 'Pickup']))
    if (i % 5 === 0) query.append('features', 'Sunroof')
    return { method: 'GET', path: `/api/inventory/${kind}?${query}`, headers: {} }
  })
}
