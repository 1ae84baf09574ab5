import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { JsonObject } from '../../../plugins/scraping/domain/json.ts'
import { custom } from './custom.ts'
import { dealerCenter } from './dealer-center.ts'
import { dealerCom } from './dealer-com.ts'
import { dealerInspire } from './dealer-inspire.ts'
import { dealerOn } from './dealeron.ts'
import { dealersync } from './dealersync.ts'
import {
  type Answer,
  type SiteInput,
  HTML,
  type Kind,
  type Pagination,
  type SiteKind,
} from './kinds.ts'
import { type Hostile, buildStock, sabotageAnswer } from './modes.ts'
import { createRequestLog, type SiteRequest } from './request-log.ts'
import { schemaOrg } from './schema-org.ts'
import { buildExpectedListings, type Shown } from './expected-listings.ts'
import { getCarsOn, type World } from './world.ts'

export type { Kind } from './kinds.ts'
export type { Hostile } from './modes.ts'
export type { SiteRequest } from './request-log.ts'
export type { Shown } from './expected-listings.ts'

/** How each kind of site answers. */
export const SITES: Record<Kind, SiteKind> = {
  dealeron: dealerOn,
  'dealer-com': dealerCom,
  'dealer-inspire': dealerInspire,
  'dealer-center': dealerCenter,
  dealersync,
  'schema-org': schemaOrg,
  custom,
}

/**
 * `robots`: the text of robots.txt, else there is none (404); `robotsStatus`: what robots.txt
 * answers instead. `crawlDelay`: seconds, said to everybody in robots.txt. `etag`: answers carry
 * one, and 304 to who has it. `millis`: how long each answer takes. `inward`: where the mode of
 * that name redirects to. `withoutApi`: DealerOn without its endpoint. `port`: 0 is a free one.
 */
export type SiteOptions = {
  port?: number
  perPage?: number
  robots?: string
  robotsStatus?: number
  crawlDelay?: number
  etag?: boolean
  millis?: number
  inward?: string
  pagination?: Pagination
  withoutApi?: boolean
}

/**
 * A dealer's site on loopback. It shows day 1 of its world, and behaves, until it is told
 * otherwise.
 */
export type DealerSite = {
  origin: string
  inventoryUrl: string
  /**
   * What a competitor's `scraperConfig` has to be for this site; empty for all kinds but `custom`.
   */
  config: JsonObject
  /** Every request so far, in the order in which they came. */
  requests: readonly SiteRequest[]
  /** The most requests that were being answered at one moment. */
  maxInFlight: () => number
  /** Forgets the requests so far. */
  resetLog: () => void
  mode: (mode: Hostile) => void
  day: (day: number) => void
  /** The next answers are this status, with `Retry-After` in seconds. */
  busy: (times: number, seconds: number, status?: 429 | 503) => void
  /** What the site shows now, as whoever reads all of it knows it. */
  expectedListings: () => Shown[]
  close: () => Promise<void>
}

export async function openDealerSite(
  name: Kind,
  world: World,
  options: SiteOptions = {},
): Promise<DealerSite> {
  const kind = SITES[name]
  const log = createRequestLog()
  const now = { day: 1, mode: 'well' as Hostile, busy: [] as { status: number; seconds: number }[] }
  const stock = () =>
    buildStock(now.mode, getCarsOn(world, now.day), {
      perPage: options.perPage ?? kind.perPage,
      pagination: options.pagination ?? 'link',
      withoutApi: options.withoutApi ?? false,
    })
  const respond = async (request: SiteInput, response: ServerResponse): Promise<void> => {
    if (options.millis) await new Promise((resolve) => setTimeout(resolve, options.millis))
    if (request.url.pathname === '/robots.txt')
      return sendAnswer(response, buildRobotsAnswer(options), request, false)
    const busy = now.busy.shift()
    if (busy)
      return void response
        .writeHead(busy.status, { 'retry-after': String(busy.seconds) })
        .end('Come back later')
    const answer = kind.answer(request, stock())
    if (await sabotageAnswer(now.mode, answer, response, options.inward)) return
    sendAnswer(
      response,
      answer ?? { status: 404, type: HTML, body: '<h1>Not found</h1>' },
      request,
      options.etag ?? false,
    )
  }
  const server = createServer((request, response) => {
    const ended = log.began(request, response)
    void readRequest(request)
      .then((requested) => respond(requested, response))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
      .finally(ended)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    inventoryUrl: origin + kind.inventoryPath,
    config: kind.config(options.pagination ?? 'link'),
    requests: log.requests,
    maxInFlight: log.maxInFlight,
    resetLog: log.resetLog,
    mode: (mode) => void (now.mode = mode),
    day: (day) => void (now.day = day),
    busy: (times, seconds, status = 503) =>
      void now.busy.push(...Array(times).fill({ status, seconds })),
    expectedListings: () =>
      buildExpectedListings(name, origin, stock().cars, options.withoutApi ?? false),
    close: () => closeServer(server),
  }
}

async function readRequest(request: IncomingMessage): Promise<SiteInput> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const url = new URL(request.url ?? '/', `http://${headers['host'] ?? '127.0.0.1'}`)
  return { method: request.method ?? 'GET', url, headers, body: await text(request) }
}

function buildRobotsAnswer({ robots, robotsStatus, crawlDelay }: SiteOptions): Answer {
  const rules =
    robots ?? (crawlDelay === undefined ? null : `User-agent: *\nCrawl-delay: ${crawlDelay}\n`)
  return {
    status: robotsStatus ?? (rules === null ? 404 : 200),
    type: 'text/plain; charset=utf-8',
    body: rules ?? 'none',
  }
}

function sendAnswer(
  response: ServerResponse,
  { status, type, body }: Answer,
  { headers }: SiteInput,
  withTag: boolean,
): void {
  const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
  const isUnchanged = withTag && status === 200 && headers['if-none-match'] === tag
  response.writeHead(isUnchanged ? 304 : status, {
    'content-type': type,
    ...(withTag && status === 200 ? { etag: tag } : {}),
  })
  response.end(isUnchanged ? undefined : body)
}

async function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
