import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { computePercentile } from '../bench/measure.ts'
import { type Crowd, readMemory, readMetric, sendRequest, startCrowd } from './crowd.ts'

type Print = (line: string) => void

const CONNECTIONS = 200
const DEFAULT_SECONDS = 10
const LIMITS = { acceptedMs: 2_000, shedMs: 50, healthMs: 200, loopMs: 200 }
const PROBE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'probe.ts')

type Phase = {
  name: string
  request: autocannon.Request
  anonymous: boolean
  before?: (origin: string) => () => void
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
}

/**
 * R25: 200 connections that send a request as soon as the last one is answered, one kind after the
 * other. Accepted requests are answered within two seconds (p99), others are refused within 50 ms
 * (p99), /healthz within 200 ms and the event loop is late by 200 ms at most (p99). The first
 * request of a connection is reported apart: it waits for its connection too, and Node accepts one
 * in each turn of the event loop. `npm run drill -- overload SECONDS` sets how long each kind
 * lasts. The product, the load generator and the prober share the processors of this machine: on
 * two cores the generator takes about one of them.
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
      held = checkPhase(print, phase.name, await runPhase(crowd, phase, seconds), crowd) && held
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
  const asOwner = (request: autocannon.Request): autocannon.Request => ({
    ...request,
    setupRequest: (one) => ({
      ...one,
      headers: { ...request.headers, authorization: `Bearer ${owners[counter++ % owners.length]}` },
    }),
  })
  const wide = JSON.stringify(
    Object.fromEntries(Array.from({ length: 20_000 }, (_, key) => [`k${key}`, 1])),
  )
  return [
    { name: 'owner list', anonymous: false, request: asOwner({ path: '/api/vehicles?limit=10' }) },
    {
      name: 'owner writes',
      anonymous: false,
      request: asOwner({
        method: 'POST',
        path: '/api/vehicles',
        headers: json,
        body: JSON.stringify({ make: 'Honda', model: 'Accord', year: 2021, licensePlate: 'D-9' }),
      }),
    },
    { name: 'anonymous /admin/login', anonymous: true, request: { path: '/admin/login' } },
    { name: 'anonymous /api/me', anonymous: true, request: { path: '/api/me' } },
    { name: 'cached listing', anonymous: true, request: { path: '/api/inventory?limit=20' } },
    {
      name: 'uncached listing',
      anonymous: true,
      request: {
        setupRequest: (one) => ({
          ...one,
          path: `/api/inventory?limit=20&where[price][greater_than]=${counter++}`,
        }),
      },
    },
    {
      name: 'GraphQL bombs',
      anonymous: true,
      request: {
        method: 'POST',
        path: '/api/graphql',
        headers: { 'content-type': 'application/ json' },
        body: buildFragmentBomb(12),
      },
    },
    {
      name: 'wide bodies',
      anonymous: false,
      request: asOwner({ method: 'POST', path: '/api/documents', headers: json, body: wide }),
    },
    {
      name: 'owner list beside 150 held uploads',
      anonymous: false,
      request: asOwner({ path: '/api/vehicles?limit=10' }),
      before: holdUploads,
    },
  ]
}

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

/** One kind of request for so many seconds, with the prober running. */
async function runPhase(
  { product: { origin }, metrics }: Crowd,
  { request, before }: Phase,
  duration: number,
) {
  const none = { accepted: [], shed: [], connecting: [], loopMs: [], health: [] }
  const outcome: Outcome & { health: number[] } = {
    ...structuredClone(none),
    statuses: {},
    errors: 0,
  }
  const probe = fork(PROBE, [origin], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(probe, 'message')
  probe.on('message', (millisTaken) => outcome.health.push(Number(millisTaken)))
  const release = before?.(origin)
  // it is measured from scrape to scrape
  await readMetric(metrics, 'nodejs_eventloop_lag_p99_seconds')
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
      if (connected.has(client))
        return outcome[status === 503 || status === 429 ? 'shed' : 'accepted'].push(took)
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

function checkPhase(
  print: Print,
  name: string,
  { statuses, accepted, shed, connecting, health, errors, loopMs }: Outcome & { health: number[] },
  crowd: Crowd,
): boolean {
  const p99 = (figures: readonly number[]) =>
    figures.length > 0 ? Math.round(computePercentile(figures, 0.99)) : 0
  const measured = {
    acceptedMs: p99(accepted),
    shedMs: p99(shed),
    healthMs: Math.round(Math.max(0, ...health)),
    loopMs: Math.round(loopMs[0] ?? 0),
  }
  const unexpected = Object.keys(statuses).filter(
    (status) => Number(status) >= 500 && status !== '503',
  )
  const late = Object.entries(LIMITS).filter(
    ([figure, least]) => measured[figure as keyof typeof measured] > least,
  )
  const held =
    late.length === 0 &&
    errors === 0 &&
    unexpected.length === 0 &&
    health.length > 0 &&
    !health.includes(-1)
  const p50 = (figures: readonly number[]) =>
    figures.length > 0 ? Math.round(computePercentile(figures, 0.5)) : 0
  print(
    `${name.padEnd(36)} ${JSON.stringify(statuses)} accepted p50 ${p50(accepted)} p99 ` +
      `${measured.acceptedMs} ms, shed ${shed.length} p50 ${p50(shed)} p99 ${measured.shedMs} ` +
      `ms, connecting p99 ${p99(connecting)} ms, ` +
      `/healthz p99 ${p99(health)} max ${measured.healthMs} ms, event loop p99 ` +
      `${measured.loopMs} ms, memory ${readMemory(crowd.product, 'VmRSS')} MB, ${errors} ` +
      `unanswered${held ? '' : `  <- NOT held: ${late.map(([figure]) => figure).join(', ') || 'errors'}`}`,
  )
  return held
}
