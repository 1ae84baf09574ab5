import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCameraJpeg } from '../support/http-photos.ts'
import { type Crowd, readMemory, readMetric, sendRequest, startCrowd } from './crowd.ts'
import { signIn } from './product.ts'

type Print = (line: string) => void

const DEFAULT_MINUTES = 10
const SAMPLE_MS = 5_000
const MAX_SLOPE = 1
/** How long it takes at first until everything that is loaded once and every cache is there. */
const WARM_UP_SHARE = 0.4
/**
 * Memory is judged by the least of each half minute: what is there after the garbage was collected.
 */
const WINDOW_MS = 30_000

type Sample = { at: number; rss: number; heap: number }
type Work = { name: string; pause: number; run: (crowd: Crowd, turn: number) => Promise<unknown> }
type Tally = Map<string, Map<number | string, number>>

/**
 * R26: everything at once at a modest pace, for ten minutes or `npm run drill -- soak MINUTES`.
 * Afterwards nothing is left: no connection of the pool in use, no socket, no temporary file, no
 * promise that nobody awaited, and memory does not grow. Every answer is a 2xx. For the memory, the
 * least resident memory of each half minute is taken, the warm-up left out, and a line laid through
 * them by least squares: its slope has to be less than a megabyte a minute.
 */
export async function soakDrill(print: Print, duration = DEFAULT_MINUTES): Promise<boolean> {
  const minutes = Math.min(120, Math.max(1, duration))
  const crowd = await startCrowd(5, {
    ANONYMOUS_RENDERS_PER_MINUTE: '0',
    ANONYMOUS_READS_PER_MINUTE: '0',
  })
  try {
    const [sockets, files] = [countSockets(crowd), countTemporaryFiles(crowd)]
    const halt = new AbortController()
    const tally: Tally = new Map()
    const samples: Sample[] = []
    const working = works.map((work) => repeatWork(crowd, work, tally, halt.signal))
    const sampling = sampleMemory(crowd, samples, halt.signal)
    for (let minute = 1; minute <= minutes; minute++) {
      await sleep(60_000)
      print(`minute ${minute}: ${JSON.stringify(samples.at(-1))}`)
    }
    halt.abort()
    await Promise.all([...working, sampling])
    await sleep(8_000) // kept connections are closed after five seconds
    for (const [name, statuses] of tally)
      print(`${name.padEnd(18)} ${JSON.stringify(Object.fromEntries(statuses))}`)
    return await checkResults(print, crowd, { samples, tally, sockets, files })
  } finally {
    await crowd.stop()
  }
}

const works: Work[] = [
  {
    name: 'listing',
    pause: 50,
    run: ({ product }, turn) =>
      fetch(`${product.origin}/api/inventory?limit=20&page=${1 + (turn % 50)}`),
  },
  { name: 'owner rows', pause: 900, run: writeOwnerRows },
  {
    name: 'staff reads',
    pause: 300,
    run: ({ product, staff }) => sendRequest(product.origin, staff, 'GET', '/api/users'),
  },
  {
    name: 'GraphQL',
    pause: 400,
    run: ({ product, owners }, turn) =>
      sendRequest(product.origin, owners[turn % owners.length] ?? '', 'POST', '/api/graphql', {
        query: '{ Vehicles(limit: 5) { docs { id make } } }',
      }),
  },
  {
    name: 'sign-in',
    pause: 15_000,
    run: renewStaffSession,
  },
  { name: 'upload', pause: 5_000, run: uploadPhoto },
  { name: 'panel', pause: 2_000, run: ({ product }) => fetch(`${product.origin}/admin/login`) },
  { name: 'live stream', pause: 1_000, run: openAndCloseStream },
  { name: 'aborted', pause: 500, run: abortEarly },
]

/** A session ends after half an hour, so the staff of the drill continue with a new one. */
async function renewStaffSession(crowd: Crowd): Promise<Response> {
  crowd.staff = await signIn(crowd.product.origin)
  return new Response()
}

async function writeOwnerRows(
  { product: { origin }, owners }: Crowd,
  turn: number,
): Promise<Response> {
  const token = owners[turn % owners.length] ?? ''
  const made = await sendRequest(origin, token, 'POST', '/api/vehicles', {
    make: 'Honda',
    model: 'Accord',
    year: 2021,
    licensePlate: `S-${turn}`,
  })
  const { doc } = (await made.clone().json()) as { doc?: { id: string } }
  if (!doc) return made
  await made.body?.cancel()
  await (
    await sendRequest(origin, token, 'PATCH', `/api/vehicles/${doc.id}`, { color: 'Blue' })
  ).body?.cancel()
  return sendRequest(origin, token, 'DELETE', `/api/vehicles/${doc.id}`)
}

async function uploadPhoto({ product: { origin }, staff }: Crowd): Promise<Response> {
  const form = new FormData()
  form.set(
    'file',
    new Blob([new Uint8Array(await createCameraJpeg())], { type: 'image/jpeg' }),
    'car.jpg',
  )
  form.set('_payload', JSON.stringify({ alt: 'A car' }))
  return fetch(`${origin}/api/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${staff}` },
    body: form,
  })
}

async function openAndCloseStream({ product: { origin }, staff }: Crowd): Promise<Response> {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${staff}` }
  const answer = await fetch(`${origin}/api/jobs/live`, { headers, signal: leaving.signal })
  await answer.body?.getReader().read()
  leaving.abort()
  return new Response(null, { status: answer.status })
}

async function abortEarly({ product: { origin }, owners }: Crowd, turn: number): Promise<Response> {
  const signal = AbortSignal.timeout(1 + (turn % 40))
  const headers = { authorization: `Bearer ${owners[turn % owners.length]}` }
  return fetch(`${origin}/api/vehicles?limit=50`, { headers, signal }).catch(
    () => new Response(null, { status: 204 }),
  )
}

async function repeatWork(
  crowd: Crowd,
  { name, pause, run }: Work,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const statuses = new Map<number | string, number>()
  tally.set(name, statuses)
  for (let round = 0; !signal.aborted; round++) {
    const answer = await run(crowd, round).catch((error: Error) => error.message)
    const status = answer instanceof Response ? answer.status : String(answer)
    if (answer instanceof Response) await answer.arrayBuffer().catch(() => undefined)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    await sleep(pause, undefined, { signal }).catch(() => undefined)
  }
}

async function sampleMemory(crowd: Crowd, samples: Sample[], signal: AbortSignal): Promise<void> {
  for (const began = Date.now(); !signal.aborted;) {
    const heap = await readMetric(crowd.metrics, 'nodejs_heap_size_used_bytes')
    samples.push({
      at: Date.now() - began,
      rss: readMemory(crowd.product, 'VmRSS'),
      heap: Math.round((heap.get('') ?? 0) / 1e6),
    })
    await sleep(SAMPLE_MS, undefined, { signal }).catch(() => undefined)
  }
}

type Observed = { samples: readonly Sample[]; tally: Tally; sockets: number; files: number }

async function checkResults(
  print: Print,
  crowd: Crowd,
  { samples, tally, sockets, files }: Observed,
): Promise<boolean> {
  const pool = await readMetric(crowd.metrics, 'db_pool_connections')
  const inUse = (pool.get('{state="total"}') ?? NaN) - (pool.get('{state="idle"}') ?? NaN)
  const inFlight = await readMetric(crowd.metrics, 'http_requests_in_flight')
  const log = readFileSync(path.join(crowd.folder, 'product.log'), 'utf8')
  const figures = {
    'megabytes a minute': computeSlope(samples),
    'connections of the pool in use': inUse,
    'requests in flight': [...inFlight.values()].reduce((one, other) => one + other, 0),
    'sockets more than before': countSockets(crowd) - sockets,
    'temporary files more than before': countTemporaryFiles(crowd) - files,
    'unhandled rejections': log.split('Unhandled rejection').length - 1,
    'answers other than 2xx': [...tally.values()]
      .flatMap((one) => [...one])
      .reduce(
        (sum, [status, count]) => sum + (typeof status === 'string' || status >= 300 ? count : 0),
        0,
      ),
  }
  for (const [name, figure] of Object.entries(figures)) print(`${name}: ${figure}`)
  const { 'megabytes a minute': slope, 'sockets more than before': more, ...none } = figures
  /* A connection of the pool that was opened meanwhile may be kept. */
  return slope < MAX_SLOPE && more <= 10 && Object.values(none).every((figure) => figure <= 0)
}

/**
 * Megabytes a minute: least squares through the least resident memory of each window, the warm-up
 * left out.
 */
function computeSlope(samples: readonly Sample[]): number {
  const end = samples.at(-1)?.at ?? 0
  const windows = new Map<number, Sample[]>()
  for (const sample of samples) {
    const window = Math.floor(sample.at / WINDOW_MS)
    windows.set(window, [...(windows.get(window) ?? []), sample])
  }
  const points = [...windows]
    .filter(([window]) => window * WINDOW_MS >= end * WARM_UP_SHARE)
    .map(([window, all]) => ({
      x: (window * WINDOW_MS) / 60_000,
      y: Math.min(...all.map(({ rss }) => rss)),
    }))
  const mean = (of: 'x' | 'y') => points.reduce((sum, point) => sum + point[of], 0) / points.length
  const [x, y] = [mean('x'), mean('y')]
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return Number(
    (points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread).toFixed(2),
  )
}

/** The sockets that the product holds. */
function countSockets({ product }: Crowd): number {
  const folder = `/proc/${product.process.pid}/fd`
  return readdirSync(folder).filter((fd) => readLink(path.join(folder, fd)).startsWith('socket:'))
    .length
}

function readLink(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return '' // it was closed meanwhile
  }
}

/** Files that only exist while something is under way, among the data of the product. */
function countTemporaryFiles({ folder }: Crowd): number {
  return readdirSync(folder, { recursive: true }).filter((name) =>
    /(?:^|\/)(?:tmp|temp)\/.|\.(?:tmp|part)$/i.test(String(name)),
  ).length
}
