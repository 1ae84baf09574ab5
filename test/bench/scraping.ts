import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DealerSite, type Kind, openDealerSite } from '../support/dealer-sites/index.ts'
import { simulateWorld } from '../support/dealer-sites/world.ts'
import { withEmptyDatabase } from './databases.ts'

/** How this bench is named on the command line. */
export const SCRAPING = 'scraping'

const READER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'scraping-worker.ts')
const KINDS: readonly Kind[] = ['dealeron', 'dealersync']
const [FEW, MANY] = [500, 5_000]
const PER_PAGE = 100
/** A run of many listings may hold this much more than the worker held before it. */
const MAX_MIB = 150
/** A listing among many may cost this many times what it costs among few. */
const MIN_RATE_SHARE = 0.67

/**
 * One run as the worker saw it: seconds by the clock and of the processor, and the bytes that its
 * memory rose by at most.
 */
export type Measured = {
  found: number
  fresh: number
  repriced: number
  seconds: number
  cpuSeconds: number
  peakBytes: number
}

type Print = (line: string) => void
type Figure = { name: string; of: string; to: string; figure: number; least: number }

/**
 * Two runs over stock of 5,000 listings at a site of JSON and one of HTML, whole: fetched over HTTP
 * without a gap, read, settled, with figures. The first finds everything new, the second a day
 * later. Sites, worker and PostgreSQL are processes of their own.
 */
export async function benchScraping(print: Print): Promise<Figure[]> {
  const sites = await Promise.all(
    KINDS.map((kind) => Promise.all([FEW, MANY].map((cars) => openSite(kind, cars)))),
  )
  try {
    return await withEmptyDatabase(print, async (url) => {
      const reader = fork(READER, [url, ...sites.flat().map(({ origin }) => origin)], {
        execArgv: ['--expose-gc'],
        env: { ...process.env, NODE_ENV: 'production', PAYLOAD_DISABLE_DEPENDENCY_CHECKER: 'true' },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      })
      try {
        await nextMessage(reader)
        const figures: Figure[] = []
        for (const [index, pair] of sites.entries())
          figures.push(...(await benchKind(reader, KINDS[index] as Kind, pair, print)))
        return figures
      } finally {
        reader.kill()
      }
    })
  } finally {
    await Promise.all(sites.flat().map((site) => site.close()))
  }
}

const openSite = (kind: Kind, cars: number) =>
  openDealerSite(kind, simulateWorld({ seed: cars, cars, days: 2 }), { perPage: PER_PAGE })

async function benchKind(
  reader: ChildProcess,
  kind: Kind,
  sites: readonly DealerSite[],
  print: Print,
): Promise<Figure[]> {
  const few = await measureTwoRuns(reader, kind, sites[0] as DealerSite, print)
  const many = await measureTwoRuns(reader, kind, sites[1] as DealerSite, print)
  const about = { of: kind, to: kind }
  return many.flatMap((run, day) => [
    {
      ...about,
      name: `${kind}, run ${day + 1}: ${MANY}/${FEW} listings a second`,
      least: MIN_RATE_SHARE,
      figure: computeRate(run) / computeRate(few[day] as Measured),
    },
    {
      ...about,
      name: `${kind}, run ${day + 1}: ${MAX_MIB} MiB / it`,
      figure: MAX_MIB / Math.max(1, formatMib(run.peakBytes)),
      least: 1,
    },
  ])
}

/** A run on each of two days. */
async function measureTwoRuns(
  reader: ChildProcess,
  kind: Kind,
  site: DealerSite,
  print: Print,
): Promise<Measured[]> {
  const runs: Measured[] = []
  for (const day of [1, 2]) {
    site.day(day)
    reader.send(site.inventoryUrl)
    const run = (await nextMessage(reader)) as Measured
    if (run.found !== site.expectedListings().length)
      throw new Error(
        `${kind} shows ${site.expectedListings().length} cars; the run found ${run.found}.`,
      )
    runs.push(run)
    print(`run ${day}    ${kind.padEnd(12)} ${line(run)}`)
  }
  return runs
}

const line = ({ found, fresh, repriced, seconds, cpuSeconds, peakBytes }: Measured) =>
  `${found} listings (${fresh} new, ${repriced} repriced) in ${seconds.toFixed(1)} s, ` +
  `${cpuSeconds.toFixed(1)} s of processor, +${formatMib(peakBytes).toFixed(0)} MiB`

const formatMib = (bytes: number) => bytes / 2 ** 20
/** By the worker's processor time: so that a busy machine is told no other figure. */
const computeRate = ({ found, cpuSeconds }: Measured) => found / cpuSeconds

/** The next thing that a child says. Throws when it ends instead. */
function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`The worker of the bench ended with ${code}.`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })
}
