import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A row as auto.dev has it. */
export type PeerListing = Record<string, unknown> & {
  vin: string
  vehicle: { year: number; make: string; model: string }
  retailListing: { price: number; miles: number } | null
}

/**
 * An answer that the peer gives in the place of its own. `silent` says nothing for ever; `cut`
 * breaks the connection off.
 */
export type Canned =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { text: string }
  | 'silent'
  | 'cut'

/** A question as it came in; `at` in milliseconds of `performance.now()`. */
export type PeerRequest = {
  path: string
  params: URLSearchParams
  headers: IncomingMessage['headers']
  at: number
  status: number
}

export const PEER_KEY = 'sk_peer_0123456789'

/** A limit of requests in a number of milliseconds; further requests get a 429. */
type RateLimit = { most: number; windowMs: number }

/** auto.dev as its pages describe it, on a free port of loopback. */
export type AutoDevPeer = {
  readonly url: string
  readonly listings: PeerListing[]
  /** What GET /vin/{vin} answers; a VIN that is not there is a 404. */
  readonly vins: Map<string, unknown>
  readonly requests: readonly PeerRequest[]
  /** The most that a page has, whatever is asked for: of the plan. */
  planLimit: number
  rateLimit: RateLimit | null
  /** The next questions are answered so. */
  next: (...canned: Canned[]) => void
  /** Every question is answered so; null for its own answers again. */
  always: (canned: Canned | null) => void
  stop: () => Promise<void>
}

const CURSOR_FROM_PAGE = 50

export async function startAutoDevPeer(): Promise<AutoDevPeer> {
  const queue: Canned[] = []
  const questions: PeerRequest[] = []
  let usual: Canned | null = null
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://peer')
    const question: PeerRequest = {
      path: url.pathname,
      params: url.searchParams,
      headers: request.headers,
      at: performance.now(),
      status: 0,
    }
    questions.push(question)
    const canned = queue.shift() ?? usual ?? buildAnswer(peer, question)
    question.status = sendAnswer(request, response, canned)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const peer: AutoDevPeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listings: [],
    vins: new Map(),
    requests: questions,
    planLimit: 500,
    rateLimit: null,
    next: (...canned) => void queue.push(...canned),
    always: (canned) => void (usual = canned),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return peer
}

function sendAnswer(request: IncomingMessage, response: ServerResponse, canned: Canned): number {
  if (canned === 'silent') return 0
  if (canned === 'cut') {
    request.socket.destroy()
    return 0
  }
  if ('text' in canned) {
    response.end(canned.text)
    return 200
  }
  response.writeHead(canned.status, { 'content-type': 'application/json', ...canned.headers })
  response.end(JSON.stringify(canned.body ?? buildProblem(canned.status, 'Something', 'SOMETHING')))
  return canned.status
}

const buildProblem = (status: number, error: string, code: string) => ({
  status,
  error,
  code,
  path: '/listings',
  requestId: 'a request',
})

function buildAnswer(peer: AutoDevPeer, request: PeerRequest): Canned {
  const { rateLimit, requests } = peer
  if (request.headers.authorization !== `Bearer ${PEER_KEY}`)
    return {
      status: 401,
      body: buildProblem(
        401,
        `Invalid API key ${String(request.headers.authorization).replace('Bearer ', '')}`,
        'UNAUTHORIZED',
      ),
    }
  if (rateLimit) {
    const lately = requests.filter(
      ({ at, status }) => status !== 429 && request.at - at < rateLimit.windowMs,
    )
    if (lately.length > rateLimit.most) {
      const free = (lately[0]?.at ?? request.at) + rateLimit.windowMs - request.at
      const headers = { 'retry-after': String(Math.max(1, Math.ceil(free / 1000))) }
      return { status: 429, headers, body: buildProblem(429, 'Too many requests', 'RATE_LIMITED') }
    }
  }
  const [, kind, vin = ''] = request.path.split('/')
  if (kind === 'vin') return buildDecoded(peer, decodeURIComponent(vin))
  if (kind === 'listings') return buildPage(peer, request)
  return { status: 404, body: buildProblem(404, 'Not found', 'NOT_FOUND') }
}

function buildDecoded({ vins }: AutoDevPeer, vin: string): Canned {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(vin))
    return { status: 400, body: buildProblem(400, 'Invalid VIN', 'INVALID_VIN_FORMAT') }
  const body = vins.get(vin)
  return body
    ? { status: 200, body }
    : { status: 404, body: buildProblem(404, 'VIN not found', 'VIN_NOT_FOUND') }
}

/**
 * A page of what fits: shorter than asked for without a word, and from the fiftieth on its follower
 * is named by a cursor.
 */
function buildPage(peer: AutoDevPeer, { params }: PeerRequest): Canned {
  const [cursor, number] = [params.get('cursor'), params.get('page')]
  if (cursor && number)
    return {
      status: 400,
      body: buildProblem(400, 'page and cursor exclude each other', 'INVALID_PARAMETER'),
    }
  if (params.has('zip') && !/^\d{5}$/.test(params.get('zip') ?? ''))
    return { status: 400, body: buildProblem(400, 'No such place', 'INVALID_LOCATION') }
  const limit = Math.min(Number(params.get('limit') ?? 100), peer.planLimit)
  const at = cursor ? Number(Buffer.from(cursor, 'base64url').toString()) : Number(number ?? 1)
  const found = peer.listings.filter((listing) => matchesParams(listing, params))
  const data = found.slice((at - 1) * limit, at * limit)
  const next = new URL('/listings', peer.url)
  for (const [name, value] of params)
    if (name !== 'page' && name !== 'cursor') next.searchParams.set(name, value)
  if (at + 1 > CURSOR_FROM_PAGE)
    next.searchParams.set('cursor', Buffer.from(String(at + 1)).toString('base64url'))
  else next.searchParams.set('page', String(at + 1))
  const links = {
    self: `${peer.url}/listings`,
    ...(at * limit < found.length && { next: next.href }),
  }
  return { status: 200, body: { data, links } }
}

function matchesParams({ vehicle, retailListing }: PeerListing, params: URLSearchParams): boolean {
  const isWithin = (name: string, value: number | undefined) => {
    const range = params.get(name)
    if (range === null) return true
    const [from = NaN, to = from] = range.split('-').map(Number)
    return value === undefined || (value >= from && value <= to)
  }
  const isOne = (name: string, value: string) => {
    const result = params.get(name)?.toLowerCase().split(',')
    return !result || result.includes(value.toLowerCase())
  }
  return (
    isWithin('vehicle.year', vehicle.year) &&
    isOne('vehicle.make', vehicle.make) &&
    isOne('vehicle.model', vehicle.model) &&
    isWithin('retailListing.miles', retailListing?.miles)
  )
}

/** A row of an Accord for sale; the test says only what it is about. */
export function buildPeerListing(
  vin: string,
  price: number,
  about: { miles?: number; vehicle?: object } & Record<string, unknown> = {},
): PeerListing {
  const { miles = 30_000, vehicle, ...rest } = about
  const described = {
    vin,
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    trim: 'EX',
    series: '',
    style: '',
    ...vehicle,
  }
  const retailListing = {
    price,
    miles,
    dealer: 'Northside Motors',
    city: 'Independence',
    state: 'MO',
    zip: '64055',
    used: true,
    vdp: `https://example.com/${vin}`,
  }
  return {
    '@id': `https://api.auto.dev/listings/${vin}`,
    vin,
    createdAt: '2026-11-20T10:00:00.000Z',
    location: [-94.4, 39.1],
    online: true,
    vehicle: described,
    retailListing,
    wholesaleListing: null,
    history: null,
    ...rest,
  }
}
