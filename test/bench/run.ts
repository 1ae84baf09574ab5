import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/database/embedded.ts'
import { assemble } from '../../src/server/assemble.ts'
import { databaseUrl, testSettings } from '../support/settings.ts'
import { measure, median, startServer, type Target } from './measure.ts'
import { seedCars } from './seed.ts'

/** How fast the public listing is beside others that answer the same: `npm run bench [-- NAME] [--json]`, NAME one of the keys of BENCHES. */
type Ratio = { name: string; of: string; to: string; least?: number }
type Bench = { start: (databases: Databases) => Promise<Target>[]; ratios: Ratio[] }
type Databases = { small: string; large: string }

const LISTING = '/api/inventory?limit=20'
const [SMALL, LARGE] = [5_000, 100_000]
const ROUNDS = 3
const SECONDS = 3

const BENCHES: Record<string, Bench> = {
  listing: {
    start: ({ small }) =>
      ['plain', 'uncached', 'hand-written', 'cached', 'hand-written-cached'].map((kind) => startServer(kind, small, LISTING)),
    ratios: [
      { name: 'listing.uncached/plain', of: 'uncached', to: 'plain', least: 1.5 },
      { name: 'listing.uncached/handwritten', of: 'uncached', to: 'hand-written', least: 0.5 },
      { name: 'listing.cached/plain', of: 'cached', to: 'plain', least: 15 },
      { name: 'listing.cached/handwrittenCached', of: 'cached', to: 'hand-written-cached' },
    ],
  },
  car: {
    start: ({ small }) =>
      ['plain', 'cached'].map(async (kind) => startServer(kind, small, `/api/inventory/${await someCar(small)}`, `car ${kind}`)),
    ratios: [{ name: 'car.cached/plain', of: 'car cached', to: 'car plain', least: 6 }],
  },
  growth: {
    start: ({ small, large }) => [
      startServer('counted', small, LISTING, `${SMALL} cars`),
      startServer('counted', large, LISTING, `${LARGE} cars`),
    ],
    ratios: [{ name: `listing.${LARGE}/${SMALL}`, of: `${LARGE} cars`, to: `${SMALL} cars`, least: 0.9 }],
  },
}

const names = process.argv.slice(2).filter((said) => !said.startsWith('--'))
const json = process.argv.includes('--json')
const say = (line: string) => void (json || process.stdout.write(`${line}\n`))

const unknown = names.find((name) => !(name in BENCHES))
if (unknown) throw new Error(`There is no bench ${unknown}; there are ${Object.keys(BENCHES).join(', ')}.`)
const missed = await withDatabases(run)
process.exit(missed ? 1 : 0)

async function run(databases: Databases): Promise<boolean> {
  const ratios: (Ratio & { figure: number })[] = []
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue
    const targets = await Promise.all(bench.start(databases))
    const figures = await measure(targets, ROUNDS, SECONDS, say)
    for (const { stop } of targets) stop()
    for (const [target, all] of figures) say(`median   ${target.padEnd(22)} ${Math.round(median(all))}/s`)
    ratios.push(...bench.ratios.map((ratio) => ({ ...ratio, figure: ratioOf(figures, ratio) })))
  }
  report(ratios)
  return ratios.some(({ figure, least = 0 }) => figure < least)
}

/** The median of the ratios of each round. */
function ratioOf(figures: ReadonlyMap<string, number[]>, { of, to }: Ratio): number {
  return median((figures.get(of) ?? []).map((figure, round) => figure / (figures.get(to)?.[round] ?? NaN)))
}

function report(ratios: readonly (Ratio & { figure: number })[]): void {
  if (json)
    return void process.stdout.write(
      `${JSON.stringify(Object.fromEntries(ratios.map(({ name, figure }) => [name, Number(figure.toFixed(2))])))}\n`,
    )
  say('')
  for (const { name, figure, least } of ratios) {
    const target = least === undefined ? '' : `target ${least}  ${figure >= least ? 'held' : 'MISSED'}`
    say(`${name.padEnd(34)} ${figure.toFixed(2).padStart(7)}  ${target}`)
  }
}

/** Two databases of a server, filled for this run and gone after it: that of BENCH_DATABASE_URL, else an embedded one. */
async function withDatabases(work: (databases: Databases) => Promise<boolean>): Promise<boolean> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'forecourt-bench-'))
  const said = process.env['BENCH_DATABASE_URL']
  const embedded = said ? null : await startEmbedded({ dataDir, say })
  const server = said ?? embedded?.url ?? ''
  const [small, large] = [SMALL, LARGE].map((cars) => `forecourt_bench_${cars}_${randomBytes(4).toString('hex')}`) as [
    string,
    string,
  ]
  const databases = { small: databaseUrl(server, small), large: databaseUrl(server, large) }
  try {
    say(`Filling ${SMALL} and ${LARGE} cars.`)
    await onServer(server, `create database ${small}`)
    const { close } = await assemble(testSettings({ DATABASE_URL: databases.small }), databases.small)
    await close()
    await onServer(server, `create database ${large} template ${small}`)
    await seedCars(databases.small, 1, SMALL)
    await seedCars(databases.large, 1, LARGE)
    return await work(databases)
  } finally {
    for (const name of [small, large]) await onServer(server, `drop database if exists ${name} with (force)`)
    await embedded?.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function onServer(server: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

async function someCar(url: string): Promise<string> {
  const [car] = await onServer(url, `select id from inventory where status = 'available' order by vin limit 1`)
  return String(car?.['id'])
}
