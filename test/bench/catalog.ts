import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { MeasuredImport } from './catalog-import.ts'
import { withEmptyDatabase } from './databases.ts'
import { computePercentile, measureTargets, type Request, startServer } from './measure.ts'

/** How this bench is named on the command line. */
export const CATALOG = 'catalog'

/** What the million lines are made of: each year has each make, and so on. */
const [YEARS, MAKES, MODELS, TRIMS, DRIVES] = [40, 50, 20, 5, 5]
const LINES = YEARS * MAKES * MODELS * TRIMS * DRIVES
const FIRST_YEAR = 1987
/** The targets. */
const MAX_GROWTH_MB = 300
const MAX_CACHED_MS = 10
const MAX_UNCACHED_MS = 40

const ROUNDS = 3
const SECONDS = 3
const CONNECTIONS = 4

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; min: number }

/**
 * An import of a million lines, twice, and the lists of the catalog afterwards: those that are in
 * the cache, and those that are not.
 */
export async function benchCatalog(print: Print): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-bench-catalog-'))
  const file = path.join(folder, 'catalog.csv')
  try {
    await pipeline(Readable.from(generateLines()), createWriteStream(file))
    return await withEmptyDatabase(print, async (url) => [
      ...(await benchImport(url, file, print)),
      ...(await benchLists(url, print)),
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function* generateLines(): Generator<string> {
  yield 'year,make,model,trim,engine,transmission\r\n'
  for (let year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++)
    for (let make = 0; make < MAKES; make++)
      for (let model = 0; model < MODELS; model++) {
        const lines = Array.from({ length: TRIMS * DRIVES }, (_, index) => {
          const [trim, drive] = [index % TRIMS, Math.floor(index / TRIMS)]
          const names = `${nameMake(make)},${nameModel(make, model)},Trim ${trim}`
          return `${year},${names},${nameEngine(make, drive)},${drive % 2 ? 'CVT' : ''}\r\n`
        })
        yield lines.join('')
      }
}

const nameMake = (make: number) => `Make ${make}`
const nameModel = (make: number, model: number) => `Model ${make}-${model}`
/** One engine of each model is unknown. */
const nameEngine = (make: number, drive: number) =>
  drive === 0 ? '' : `"${drive}.${make}L ""${drive}"" I4"`

async function benchImport(url: string, file: string, print: Print): Promise<Figure[]> {
  const first = await measureImport(url, file)
  print(`first import   ${formatImport(first)}`)
  const second = await measureImport(url, file)
  print(`second import  ${formatImport(second)}`)
  if (first.added !== LINES || second.added !== 0)
    throw new Error(`The imports added ${first.added} and ${second.added} of ${LINES} lines.`)
  const growth = Math.max(first.megabytes, second.megabytes)
  return [buildFigure(`import: ${MAX_GROWTH_MB} MB / growth`, MAX_GROWTH_MB / growth)]
}

const formatImport = ({ added, megabytes, seconds }: MeasuredImport) =>
  `${added} of ${LINES} lines added in ${seconds.toFixed(1)} s, ${Math.round(megabytes)} MB more`

async function measureImport(url: string, file: string): Promise<MeasuredImport> {
  const script = fileURLToPath(new URL('catalog-import.ts', import.meta.url))
  const child = fork(script, [url, file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const answers = once(child, 'message') as Promise<[MeasuredImport]>
  const answer = await Promise.race([answers, ended.then(() => null)])
  await ended
  if (answer === null) throw new Error('The import ended without a result.')
  return answer[0]
}

async function benchLists(url: string, print: Print): Promise<Figure[]> {
  const server = await startServer('cached', url, '')
  const target = (name: string, requests: Request[]) => ({
    ...server,
    name,
    requests,
    connections: CONNECTIONS,
  })
  const targets = [target('cached lists', CACHED), target('uncached lists', buildUncached())]
  try {
    const figures = await measureTargets(targets, ROUNDS, SECONDS, print)
    const limits = { 'cached lists': MAX_CACHED_MS, 'uncached lists': MAX_UNCACHED_MS }
    return Object.entries(limits).map(([name, max]) => {
      const p95 = computePercentile(figures.get(name)?.millis ?? [], 0.95)
      print(`p95 of ${name}: ${p95.toFixed(1)} ms`)
      return buildFigure(`p95 of ${name}: ${max} ms / it`, max / p95)
    })
  } finally {
    server.stop()
  }
}

const buildRequest = (list: string, query: string): Request => ({
  method: 'GET',
  path: `/api/catalog/${list}?${query}`,
  headers: {},
})

/** The same few lists again and again. */
const CACHED = [
  buildRequest('years', ''),
  buildRequest('makes', 'year=2020'),
  buildRequest('models', 'year=2020&make=Make+7'),
  buildRequest('trims', 'year=2020&make=Make+7&model=Model+7-3'),
]

/** Lists of which none is asked for twice: more than a bench takes. */
function buildUncached(): Request[] {
  const requests: Request[] = []
  for (let index = 0; index < YEARS * MAKES * MODELS; index++) {
    const [year, rest] = [FIRST_YEAR + (index % YEARS), Math.floor(index / YEARS)]
    const [make, model] = [rest % MAKES, Math.floor(rest / MAKES)]
    const query = new URLSearchParams({
      year: String(year),
      make: nameMake(make),
      model: nameModel(make, model),
    })
    requests.push(buildRequest('trims', query.toString()))
    query.set('trim', `Trim ${index % TRIMS}`)
    requests.push(buildRequest('engines', query.toString()))
  }
  return requests
}

const buildFigure = (name: string, figure: number): Figure => ({
  name: `catalog.${name}`,
  of: name,
  to: name,
  figure,
  min: 1,
})
