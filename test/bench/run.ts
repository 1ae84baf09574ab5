import { chooseWord, type CommandLine, runCommand, splitFlags } from '../../src/commands/run-command.ts'
import { asking } from '../support/databases.ts'
import { type Databases, FEW_VEHICLES, LARGE, MANY_VEHICLES, SMALL, withDatabases } from './databases.ts'
import { ASKED, asOwners } from './garage.ts'
import { type Figures, measure, median, percentile, startServer, type Target } from './measure.ts'
import { benchParsing, PARSING } from './parsing.ts'
import { benchQueries, QUERIES } from './queries.ts'
import { benchScraping, SCRAPING } from './scraping.ts'

/**
 * How fast the public listing is beside others that answer the same, and an owner's garage as it grows: `npm run bench [-- NAME]
 * [--json]`, NAME one of the keys of BENCHES; or `parsing`, how competitors' pages are read; or `scraping`, two whole runs over 5,000
 * cars; or `queries`, the worst queries that anybody may send.
 */
type Ratio = { name: string; of: string; to: string; least?: number }
type Figure = Ratio & { figure: number }
/** The p95 of a target in milliseconds, with twenty connections that ask again as soon as they are answered. */
type P95 = { target: string; most: number }
type Bench = { start: (databases: Databases) => Promise<Target>[]; ratios: Ratio[]; p95?: P95[] }

const LISTING = '/api/inventory?limit=20'
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
  garage: {
    start: ({ small, large }) => [
      garageOf(small, 'list', `${FEW_VEHICLES} vehicles`),
      garageOf(large, 'list', `${MANY_VEHICLES} vehicles`),
      garageOf(large, 'one', 'one vehicle'),
      garageOf(large, 'log', 'create fuel log'),
    ],
    ratios: [
      {
        name: `vehicles.${MANY_VEHICLES}/${FEW_VEHICLES}`,
        of: `${MANY_VEHICLES} vehicles`,
        to: `${FEW_VEHICLES} vehicles`,
        least: 0.67,
      },
    ],
    p95: [
      { target: `${MANY_VEHICLES} vehicles`, most: 120 },
      { target: 'one vehicle', most: 40 },
      { target: 'create fuel log', most: 80 },
    ],
  },
}

/** Those that make what they need themselves. */
const APART: Record<string, (say: (line: string) => void) => Figure[] | Promise<Figure[]>> = {
  [PARSING]: benchParsing,
  [SCRAPING]: benchScraping,
  [QUERIES]: benchQueries,
}

const ALL = [...Object.keys(BENCHES), ...Object.keys(APART)]
const LINE: CommandLine = { program: 'npm run bench', forms: ['', `NAME … [--json], NAME being ${ALL.join(', ')}`] }

await runCommand(LINE, async (args) => {
  const { words, flags } = splitFlags(args, LINE, ['--json'])
  for (const word of words) chooseWord(word, ALL, LINE)
  const json = flags.has('--json')
  const say = (line: string) => void (json || process.stdout.write(`${line}\n`))
  const wanted = (name: string) => words.length === 0 || words.includes(name)
  const ratios = Object.keys(BENCHES).some(wanted) ? await withDatabases(say, (databases) => run(databases, wanted, say)) : []
  for (const [name, bench] of Object.entries(APART)) if (wanted(name)) ratios.push(...(await bench(say)))
  report(ratios, json, say)
  if (ratios.some(({ figure, least = 0 }) => figure < least)) process.exitCode = 1
})

type Say = (line: string) => void

async function run(databases: Databases, wanted: (name: string) => boolean, say: Say): Promise<Figure[]> {
  const ratios: Figure[] = []
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (!wanted(name)) continue
    const targets = await Promise.all(bench.start(databases))
    const figures = await measure(targets, ROUNDS, SECONDS, say)
    for (const { stop } of targets) stop()
    for (const [target, { perSecond, millis }] of figures)
      say(`median   ${target.padEnd(22)} ${Math.round(median(perSecond))}/s  p95 ${percentile(millis, 0.95).toFixed(0)} ms`)
    ratios.push(...bench.ratios.map((ratio) => ({ ...ratio, figure: ratioOf(figures, ratio) })))
    for (const { target, most } of bench.p95 ?? []) {
      const p95 = percentile(figures.get(target)?.millis ?? [], 0.95)
      ratios.push({ name: `p95 of ${target}: ${most} ms / it`, of: target, to: target, least: 1, figure: most / p95 })
    }
  }
  return ratios
}

/** The median of the ratios of each round. */
function ratioOf(figures: ReadonlyMap<string, Figures>, { of, to }: Ratio): number {
  return median((figures.get(of)?.perSecond ?? []).map((figure, round) => figure / (figures.get(to)?.perSecond[round] ?? NaN)))
}

function report(ratios: readonly Figure[], json: boolean, say: Say): void {
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

/** A garage of this database, and twenty owners who ask the same of it. */
async function garageOf(database: string, asked: keyof typeof ASKED, name: string): Promise<Target> {
  const { tokens, ...target } = await startServer('garage', database, '', name)
  return { ...target, requests: await asOwners(database, tokens, ASKED[asked]) }
}

async function someCar(url: string): Promise<string> {
  const car = `select id from inventory where status = 'available' order by vin limit 1`
  const { rows } = await asking(url, (client) => client.query<{ id: string }>(car))
  return rows[0]?.id ?? ''
}
