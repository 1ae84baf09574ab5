import {
  parseChoice,
  type CommandLine,
  runCommand,
  splitFlags,
} from '../../src/commands/run-command.ts'
import { withClient } from '../support/databases.ts'
import { benchCatalog, CATALOG } from './catalog.ts'
import {
  type Databases,
  FEW_VEHICLES,
  LARGE,
  MANY_VEHICLES,
  SMALL,
  withDatabases,
} from './databases.ts'
import {
  OWNER_REQUESTS,
  buildHistoryRequests,
  buildOwnerRequest,
  buildOwnerRequests,
} from './garage.ts'
import {
  type Figures,
  measureTargets,
  computeMedian,
  computePercentile,
  type Request,
  startServer,
  type Target,
} from './measure.ts'
import { benchFeeds, FEEDS } from './feeds.ts'
import { benchMoving, MOVING } from './moving.ts'
import { benchParsing, PARSING } from './parsing.ts'
import { benchPricing, PRICING } from './pricing.ts'
import { benchPublicSite, PUBLIC_SITE } from './public-site.ts'
import { benchQueries, QUERIES } from './queries.ts'
import { benchScraping, SCRAPING } from './scraping.ts'
import { benchStart, START } from './start.ts'
import { benchStations, STATIONS } from './stations.ts'
import { benchVin, VIN } from './vin.ts'

/**
 * How fast the public listing is beside others that answer the same, and an owner's garage as it
 * grows: `npm run bench [-- NAME] [--json]`, NAME one of the keys of BENCHES; or `parsing`, how
 * competitors' pages are read; or `pricing`, how right estimated prices are; or `scraping`, two
 * whole runs over 5,000 cars; or `queries`, the worst queries that anybody may send; or `start`,
 * from a process to its first answer; or `catalog`, an import of a million lines and the lists of
 * what it added; or `vin`, how a server is delayed while it decodes VINs; or `stations`, the
 * nearest of 200,000; or `moving`, 5,000 fills that are imported and exported; or `public-site`,
 * searches and facets of 10,000 cars; or `feeds`, the files of 10,000 cars.
 */
type Ratio = { name: string; of: string; to: string; min?: number }
type Figure = Ratio & { figure: number }
/**
 * The p95 of a target in milliseconds, with twenty connections that ask again as soon as they are
 * answered; four for an owner with many logs.
 */
type P95 = { target: string; max: number }
type Bench = { start: (databases: Databases) => Promise<Target>[]; ratios: Ratio[]; p95?: P95[] }

const LISTING = '/api/inventory?limit=20'
const ROUNDS = 3
const SECONDS = 3

const BENCHES: Record<string, Bench> = {
  listing: {
    start: ({ small }) =>
      ['plain', 'uncached', 'hand-written', 'cached', 'hand-written-cached'].map((kind) =>
        startServer(kind, small, LISTING),
      ),
    ratios: [
      { name: 'listing.uncached/plain', of: 'uncached', to: 'plain', min: 1.5 },
      { name: 'listing.uncached/handwritten', of: 'uncached', to: 'hand-written', min: 0.5 },
      { name: 'listing.cached/plain', of: 'cached', to: 'plain', min: 15 },
      { name: 'listing.cached/handwrittenCached', of: 'cached', to: 'hand-written-cached' },
    ],
  },
  car: {
    start: ({ small }) =>
      ['plain', 'cached'].map(async (kind) =>
        startServer(kind, small, `/api/inventory/${await findCarPath(small)}`, `car ${kind}`),
      ),
    ratios: [{ name: 'car.cached/plain', of: 'car cached', to: 'car plain', min: 6 }],
  },
  growth: {
    start: ({ small, large }) => [
      startServer('counted', small, LISTING, `${SMALL} cars`),
      startServer('counted', large, LISTING, `${LARGE} cars`),
    ],
    ratios: [
      { name: `listing.${LARGE}/${SMALL}`, of: `${LARGE} cars`, to: `${SMALL} cars`, min: 0.9 },
    ],
  },
  garage: {
    start: ({ small, large }) => {
      const [few, many] = [startGarage(small), startGarage(large)]
      return [
        askAsOwners(few, 'list', `${FEW_VEHICLES} vehicles`),
        askAsOwners(many, 'list', `${MANY_VEHICLES} vehicles`),
        askAsOwners(many, 'one', 'one vehicle'),
        askAsOwners(many, 'log', 'create fuel log'),
        ...askForHistories(many),
      ]
    },
    ratios: [
      {
        name: `vehicles.${MANY_VEHICLES}/${FEW_VEHICLES}`,
        of: `${MANY_VEHICLES} vehicles`,
        to: `${FEW_VEHICLES} vehicles`,
        min: 0.67,
      },
    ],
    p95: [
      { target: `${MANY_VEHICLES} vehicles`, max: 120 },
      { target: 'one vehicle', max: 40 },
      { target: 'create fuel log', max: 80 },
      { target: 'stats of 1000 logs', max: 60 },
      { target: 'page of 1000 logs', max: 60 },
      { target: 'due of a vehicle', max: 60 },
      { target: 'due of 20 vehicles', max: 60 },
      { target: 'list of 20 vehicles', max: 60 },
    ],
  },
}

/** Those that make what they need themselves. */
const STANDALONE: Record<string, (print: (line: string) => void) => Figure[] | Promise<Figure[]>> =
  {
    [PARSING]: benchParsing,
    [PRICING]: benchPricing,
    [SCRAPING]: benchScraping,
    [QUERIES]: benchQueries,
    [START]: benchStart,
    [CATALOG]: benchCatalog,
    [VIN]: benchVin,
    [STATIONS]: benchStations,
    [MOVING]: benchMoving,
    [PUBLIC_SITE]: benchPublicSite,
    [FEEDS]: benchFeeds,
  }

const ALL = [...Object.keys(BENCHES), ...Object.keys(STANDALONE)]
const LINE: CommandLine = {
  program: 'npm run bench',
  forms: ['', `NAME … [--json], NAME being ${ALL.join(', ')}`],
}

await runCommand(LINE, async (args) => {
  const { words, flags } = splitFlags(args, LINE, ['--json'])
  for (const word of words) parseChoice(word, ALL, LINE)
  const json = flags.has('--json')
  const print = (line: string) => void (json || process.stdout.write(`${line}\n`))
  const wanted = (name: string) => words.length === 0 || words.includes(name)
  const ratios = Object.keys(BENCHES).some(wanted)
    ? await withDatabases(print, (databases) => runBenches(databases, wanted, print))
    : []
  for (const [name, bench] of Object.entries(STANDALONE))
    if (wanted(name)) ratios.push(...(await bench(print)))
  printReport(ratios, json, print)
  if (ratios.some(({ figure, min = 0 }) => figure < min)) process.exitCode = 1
})

type Print = (line: string) => void

async function runBenches(
  databases: Databases,
  wanted: (name: string) => boolean,
  print: Print,
): Promise<Figure[]> {
  const ratios: Figure[] = []
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (!wanted(name)) continue
    const targets = await Promise.all(bench.start(databases))
    const figures = await measureTargets(targets, ROUNDS, SECONDS, print)
    for (const { stop } of targets) stop()
    for (const [target, { perSecond, millis }] of figures)
      print(
        `median   ${target.padEnd(22)} ${Math.round(computeMedian(perSecond))}/s  p95 ` +
          `${computePercentile(millis, 0.95).toFixed(0)} ms`,
      )
    ratios.push(
      ...bench.ratios.map((ratio) => ({ ...ratio, figure: computeRatio(figures, ratio) })),
    )
    for (const { target, max } of bench.p95 ?? []) {
      const p95 = computePercentile(figures.get(target)?.millis ?? [], 0.95)
      ratios.push({
        name: `p95 of ${target}: ${max} ms / it`,
        of: target,
        to: target,
        min: 1,
        figure: max / p95,
      })
    }
  }
  return ratios
}

/** The median of the ratios of each round. */
function computeRatio(figures: ReadonlyMap<string, Figures>, { of, to }: Ratio): number {
  return computeMedian(
    (figures.get(of)?.perSecond ?? []).map(
      (figure, round) => figure / (figures.get(to)?.perSecond[round] ?? NaN),
    ),
  )
}

function printReport(ratios: readonly Figure[], json: boolean, print: Print): void {
  if (json)
    return void process.stdout.write(
      `${JSON.stringify(Object.fromEntries(ratios.map(({ name, figure }) => [name, Number(figure.toFixed(2))])))}\n`,
    )
  print('')
  for (const { name, figure, min } of ratios) {
    const target = min === undefined ? '' : `target ${min}  ${figure >= min ? 'held' : 'MISSED'}`
    print(`${name.padEnd(34)} ${figure.toFixed(2).padStart(7)}  ${target}`)
  }
}

/** A garage of this database. One server serves several targets, which are measured in turn. */
type Garage = Target & { tokens: string[]; database: string }

async function startGarage(database: string): Promise<Garage> {
  return { ...(await startServer('garage', database, '')), database }
}

/** Twenty owners who ask the same of a garage. */
async function askAsOwners(
  garage: Promise<Garage>,
  kind: keyof typeof OWNER_REQUESTS,
  name: string,
): Promise<Target> {
  const { tokens, database, ...target } = await garage
  const requests = await buildOwnerRequests(database, tokens.slice(0, -1), OWNER_REQUESTS[kind])
  return { ...target, name, requests }
}

/** Four clients of the owner with many logs, who ask a garage for one thing after another. */
function askForHistories(garage: Promise<Garage>): Promise<Target>[] {
  type Build = (token: string, database: string) => Request[] | Promise<Request[]>
  const ask = async (name: string, build: Build) => {
    const { tokens, database, ...target } = await garage
    const requests = await build(tokens.at(-1) ?? '', database)
    return { ...target, name, requests, connections: 4 }
  }
  const askEach = (name: string, part: Parameters<typeof buildHistoryRequests>[2]) =>
    ask(name, (token, database) => buildHistoryRequests(database, token, part))
  return [
    askEach('stats of 1000 logs', 'stats'),
    askEach('page of 1000 logs', 'fuel-logs'),
    askEach('due of a vehicle', 'due'),
    ask('due of 20 vehicles', (token) => [buildOwnerRequest(token, '/api/me/due')]),
    ask('list of 20 vehicles', (token) => [buildOwnerRequest(token, '/api/vehicles?limit=20')]),
  ]
}

async function findCarPath(url: string): Promise<string> {
  const car = `select id from inventory where status = 'available' order by vin limit 1`
  const { rows } = await withClient(url, (client) => client.query<{ id: string }>(car))
  return rows[0]?.id ?? ''
}
