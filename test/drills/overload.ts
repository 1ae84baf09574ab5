import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { computePercentile } from '../bench/measure.ts'
import type { ProbedRequest, ProbeResult } from './probe.ts'
import { type Crowd, readMemory, readMetric, sendRequest, startCrowd } from './crowd.ts'

type Print = (line: string) => void

const CONNECTIONS = 200
const DEFAULT_SECONDS = 10
const LIMITS = { acceptedMs: 2_000, shedMs: 100, healthMs: 200, loopMs: 200 }
/** The fewest answers that are judged: the 99th percentile of fewer is their slowest one. */
const LEAST_ANSWERS = 50
/**
 * The limits of requests with large bodies. 200 connections send 100 MB a second, which the
 * kernel copies twice on the two processors that also run the generator; see decision 25.
 */
const LARGE_BODY_LIMITS = { ...LIMITS, shedMs: 2_000, healthMs: 2_000 }
const PROBE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'probe.ts')

type Phase = {
  name: string
  request: autocannon.Request
  /** The same request for the client beside the load. */
  probe: ProbedRequest
  before?: (origin: string) => () => void
  limits?: typeof LIMITS
}
type Outcome = {
  statuses: Record<number, number>
  /**
   * How long the answers took, in milliseconds: of accepted and refused requests, and of the first
   * request of each connection.
   */
  accepted: number[]
  shed: number[]
  connecting: number[]
  errors: number
  loopMs: number[]
  /** What one more client measured. */
  probed: ProbeResult[]
}

/**
 * R25: 200 connections that send a request as soon as the last one is answered, one kind after the
 * other. A client beside the load sends the same requests over a few connections, because the load
 * generator occupies one processor and its times include its own queue. Accepted requests are
 * answered within two seconds (p99), refused ones within 100 ms (p99; decision 25 explains why not
 * 50), /healthz within 200 ms, and the event loop is late by 200 ms at most (p99). The lower time
 * of the two clients is judged if it is of at least 50 answers. The first request of each of the
 * generator's connections is printed apart, because Node accepts one connection in each turn of the
 * event loop. `npm run drill -- overload SECONDS` sets how long each
 * kind lasts.
 */
export async function overloadDrill(print: Print, duration = DEFAULT_SECONDS): Promise<boolean> {
  const seconds = Math.min(30, Math.max(2, duration))
  const off = {
    ANONYMOUS_READS_PER_MINUTE: '0',
    ANONYMOUS_RENDERS_PER_MINUTE: '0',
    OWNER_WRITES_PER_MINUTE: '0',
  }
  print(
    `This machine has ${cpus().length} processors and a load of ${loadavg()[0]?.toFixed(1)}; ` +
      'figures mean little when it is busy.',
  )
  const crowd = await startCrowd(20, off)
  try {
    await warmUp(crowd)
    let held = true
    for (const phase of buildPhases(crowd))
      held = checkPhase(print, phase, await runPhase(crowd, phase, seconds), crowd) && held
    const shed = await readMetric(crowd.metrics, 'http_requests_shed_total')
    const labels = [...shed].filter(([, count]) => count > 0).map((one) => one.join(' '))
    print(`shed in all: ${labels.join(', ')}`)
    print(`memory at most: ${readMemory(crowd.product, 'VmHWM')} MB`)
    return held
  } finally {
    await crowd.stop()
  }
}

/** Owners and staff are known, pages are compiled, and an owner has rows to list. */
async function warmUp({ product: { origin }, owners, staff }: Crowd): Promise<void> {
  for (const token of owners) {
    for (let count = 0; count < 3; count++)
      await sendRequest(origin, token, 'POST', '/api/vehicles', {
        make: 'Honda',
        model: 'Accord',
        year: 2021,
        licensePlate: `D-${count}`,
      })
    await (await sendRequest(origin, token, 'GET', '/api/vehicles')).body?.cancel()
  }
  await sendRequest(origin, staff, 'GET', '/api/users')
  for (let count = 0; count < 3; count++) await (await fetch(`${origin}/admin/login`)).text()
}

function buildPhases({ owners }: Crowd): Phase[] {
  let counter = 0
  const json = { 'content-type': 'application/json' }
  const signIn = (owner: number) => ({ authorization: `Bearer ${owners[owner % owners.length]}` })
  const asOwner = (name: string, request: ProbedRequest): Phase => ({
    name,
    probe: { ...request, headers: { ...request.headers, ...signIn(0) } },
    request: toLoadRequest(request, (one) => ({
      ...one,
      headers: { ...request.headers, ...signIn(counter++) },
    })),
  })
  const anonymous = (name: string, request: ProbedRequest): Phase => ({
    name,
    probe: request,
    request: toLoadRequest(request),
  })
  const ownerList = buildGet('/api/vehicles?limit=10')
  const uncached = '/api/inventory?limit=20&where[price][greater_than]='
  return [
    asOwner('owner list', ownerList),
    asOwner('owner writes', {
      method: 'POST',
      path: '/api/vehicles',
      headers: json,
      body: JSON.stringify({ make: 'Honda', model: 'Accord', year: 2021, licensePlate: 'D-9' }),
    }),
    anonymous('anonymous /admin/login', buildGet('/admin/login')),
    anonymous('anonymous /api/me', buildGet('/api/me')),
    anonymous('cached listing', buildGet('/api/inventory?limit=20')),
    {
      name: 'uncached listing',
      probe: buildGet(`${uncached}-{count}`),
      request: {
        setupRequest: (one) => ({ ...one, path: `${uncached}${counter++}` }),
      },
    },
    anonymous('GraphQL bombs', {
      method: 'POST',
      path: '/api/graphql',
      headers: { 'content-type': 'application/ json' },
      body: buildFragmentBomb(12),
    }),
    {
      ...asOwner('wide bodies', {
        method: 'POST',
        path: '/api/documents',
        headers: json,
        body: buildWideBody(20_000),
      }),
      limits: LARGE_BODY_LIMITS,
    },
    { ...asOwner('owner list beside 150 held uploads', ownerList), before: holdUploads },
  ]
}

const buildGet = (path: string): ProbedRequest => ({ method: 'GET', path, headers: {} })

/** The request as the load generator takes it; `setupRequest` changes each one. */
const toLoadRequest = (
  { method, ...request }: ProbedRequest,
  setupRequest?: NonNullable<autocannon.Request['setupRequest']>,
): autocannon.Request => ({
  ...request,
  method: method === 'POST' ? 'POST' : 'GET',
  ...(setupRequest && { setupRequest }),
})

/** An object with many keys, as JSON. */
const buildWideBody = (keys: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, key) => [`k${key}`, 1])))

/** A document whose fragments double with each level. */
function buildFragmentBomb(levels: number): string {
  const fragment = (level: number) => {
    const inner = level === levels - 1 ? 'id' : `...f${level + 1}`
    return (
      ` fragment f${level} on Vehicle {a:fuelLogs{docs{vehicle{${inner}}}} ` +
      `b:fuelLogs{docs{vehicle{${inner}}}}}`
    )
  }
  const fragments = Array.from({ length: levels }, (_, level) => fragment(level))
  return JSON.stringify({ query: `{Vehicles(limit:1){docs{...f0}}}${fragments.join('')}` })
}

/**
 * 150 connections that send a megabyte of an upload each and then hold still. Answers how to end
 * them.
 */
function holdUploads(origin: string): () => void {
  const head =
    'POST /api/users/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; ' +
    'boundary=BB\r\nContent-Length: 19500200\r\n\r\n--BB\r\nContent-Disposition: form-data; ' +
    'name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
  const sockets: Socket[] = Array.from({ length: 150 }, () => {
    const socket = connect(Number(new URL(origin).port), 'localhost', () =>
      socket.write(head + '0'.repeat(1_000_000)),
    )
    return socket.on('error', () => undefined).resume()
  })
  return () => sockets.forEach((socket) => socket.destroy())
}

/** One kind of request for so many seconds, with the client beside it running. */
async function runPhase(
  { product: { origin }, metrics }: Crowd,
  { request, probe: probed, before }: Phase,
  duration: number,
): Promise<Outcome> {
  const outcome: Outcome = {
    statuses: {},
    accepted: [],
    shed: [],
    connecting: [],
    errors: 0,
    loopMs: [],
    probed: [],
  }
  const probe = fork(PROBE, [origin], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  probe.send(probed)
  await once(probe, 'message')
  const release = before?.(origin)
  // it is measured from scrape to scrape
  await readMetric(metrics, 'nodejs_eventloop_lag_p99_seconds')
  probe.on('message', (result) => outcome.probed.push(result as ProbeResult))
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const done = (error: Error | null, all: autocannon.Result) =>
      error ? reject(error) : resolve(all)
    const running = autocannon(
      { url: origin, connections: CONNECTIONS, duration, timeout: 20, requests: [request] },
      done,
    )
    const connected = new WeakSet<autocannon.Client>()
    running.on('response', (client, status, _bytes, took) => {
      outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1
      if (connected.has(client)) return outcome[isShed(status) ? 'shed' : 'accepted'].push(took)
      connected.add(client)
      return outcome.connecting.push(took)
    })
  })
  const lag = await readMetric(metrics, 'nodejs_eventloop_lag_p99_seconds')
  outcome.loopMs.push((lag.get('') ?? NaN) * 1000)
  outcome.errors = result.errors + result.timeouts
  release?.()
  probe.kill()
  return outcome
}

const isShed = (status: number) => status === 503 || status === 429

function checkPhase(
  print: Print,
  { name, limits = LIMITS }: Phase,
  { statuses, accepted, shed, connecting, probed, errors, loopMs }: Outcome,
  crowd: Crowd,
): boolean {
  const health = probed.filter(({ request }) => request === 'health')
  const answers = probed.filter(({ request }) => request === 'load')
  const [healthMs, refusedMs, acceptedMs] = [
    health,
    answers.filter(({ status }) => isShed(status)),
    answers.filter(({ status }) => !isShed(status)),
  ].map((results) => results.map(({ ms }) => ms))
  const measured = {
    acceptedMs: computeLowerP99(acceptedMs, accepted),
    shedMs: computeLowerP99(refusedMs, shed),
    healthMs: Math.round(Math.max(0, ...(healthMs ?? []))),
    loopMs: Math.round(loopMs[0] ?? 0),
  }
  const unexpected = Object.keys(statuses).filter(
    (status) => Number(status) >= 500 && status !== '503',
  )
  const late = Object.entries(limits).filter(
    ([figure, least]) => measured[figure as keyof typeof measured] > least,
  )
  const held =
    late.length === 0 &&
    errors === 0 &&
    unexpected.length === 0 &&
    health.length > 0 &&
    health.every(({ status }) => status === 200)
  const client = `accepted ${describeTimes(acceptedMs)}, refused ${describeTimes(refusedMs)}`
  const generator = `accepted ${describeTimes(accepted)}, refused ${describeTimes(shed)}`
  print(
    `${name.padEnd(36)} ${JSON.stringify(statuses)} generator: ${generator}, connecting ` +
      `${describeTimes(connecting)}; client: ${client}, /healthz max ${measured.healthMs} ms; ` +
      `event loop p99 ${measured.loopMs} ms, memory ${readMemory(crowd.product, 'VmRSS')} MB, ` +
      `${errors} unanswered` +
      (held ? '' : `  <- NOT held: ${late.map(([figure]) => figure).join(', ') || 'errors'}`),
  )
  return held
}

const computeP99 = (figures: readonly number[] = []): number =>
  figures.length > 0 ? Math.round(computePercentile(figures, 0.99)) : 0

/**
 * The lower 99th percentile of two clients: what each measures includes its own delays. Clients
 * with fewer than LEAST_ANSWERS are not judged; 0 if neither has as many.
 */
function computeLowerP99(...clients: readonly (readonly number[] | undefined)[]): number {
  const judged = clients.filter((figures = []) => figures.length >= LEAST_ANSWERS)
  return judged.length > 0 ? Math.min(...judged.map(computeP99)) : 0
}

/** How many answers there were and how long they took, such as `120 (p50 40, p99 69 ms)`. */
const describeTimes = (figures: readonly number[] = []): string =>
  `${figures.length} (p50 ${Math.round(computePercentile(figures, 0.5))}, p99 ` +
  `${computeP99(figures)} ms)`
