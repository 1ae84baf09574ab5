import { Egress } from '../../../src/egress/egress.ts'
import { asEgressFailure, type FailureKind } from '../../../src/egress/failure.ts'
import type { Gate } from '../../../src/egress/gate.ts'
import type { Pacing } from '../../../src/egress/pacing.ts'
import type { FetchedPage, CachedPage, PageFetcher, RobotsStore } from '../domain/fetching.ts'
import type { PageRequest } from '../domain/pages.ts'
import { type ErrorType, RetryAfterError, ScrapeFailure } from '../domain/scrape-failure.ts'
import { decodePage } from './page-text.ts'
import { parseCrawlDelay, createRobotsFailure, loadRobots, type RobotsRules } from './robots.ts'
import { createSlotSender, getBusyPause } from './origin-slots.ts'

/**
 * How to access sites: the gate, the pacing, the stored robots.txt files, the user agent, and the
 * minimum gap between two requests to an origin in milliseconds.
 */
export type PolitenessSettings = {
  gate: Gate
  pacing: Pacing
  robotsStore: RobotsStore
  userAgent: string
  gapFor: (url: URL) => number
}

/** The rules of an origin: its robots.txt and the gap between requests. */
export type OriginRules = {
  loadRules: (url: URL, signal: AbortSignal) => Promise<RobotsRules>
  getGap: (url: URL, rules: RobotsRules) => number
}

/** Creates the rules that apply to every fetcher; robots.txt is fetched with `egress`. */
export function createOriginRules(
  { pacing, robotsStore, gapFor, userAgent }: PolitenessSettings,
  egress: Egress,
): OriginRules {
  const sendInSlot = createSlotSender(pacing)
  const headers = { 'user-agent': userAgent, accept: 'text/plain, */*;q=0.5' }
  return {
    loadRules: (url, signal) =>
      loadRobots(robotsStore, url, (robots) =>
        egress.fetch({ url: robots.href, headers, signal }, (hop, send) =>
          sendInSlot(
            hop,
            (answer) => Math.max(gapFor(hop), (answer && parseCrawlDelay(robots, answer)) ?? 0),
            send,
            signal,
          ),
        ),
      ),
    getGap: (url, { crawlDelay }) => Math.max(gapFor(url), crawlDelay ?? 0),
  }
}

/**
 * Creates a fetcher that sends plain requests: one at a time per origin, following robots.txt, with
 * our own user agent.
 */
export function createPoliteFetcher(politeness: PolitenessSettings): PageFetcher {
  const egress = new Egress(politeness.gate)
  const originRules = createOriginRules(politeness, egress)
  const sendInSlot = createSlotSender(politeness.pacing)
  return {
    fetch: async (request, cached, signal) => {
      const sent = {
        ...request,
        headers: buildHeaders(request, cached, politeness.userAgent),
        signal,
      }
      const answer = await egress
        .fetch(sent, async (url, send) => {
          const rules = await originRules.loadRules(url, signal)
          if (!rules.isAllowed(url)) throw createRobotsFailure(url)
          return sendInSlot(url, () => originRules.getGap(url, rules), send, signal)
        })
        .catch((error: unknown) => {
          throw mapEgressFailure(error)
        })
      return toFetchedPage(request, cached, answer)
    },
    close: () => egress.close(),
  }
}

function buildHeaders(
  request: PageRequest,
  cached: CachedPage | null,
  userAgent: string,
): Record<string, string> {
  return {
    accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5',
    'accept-language': 'en',
    ...request.headers,
    'user-agent': userAgent,
    ...(cached?.etag && { 'if-none-match': cached.etag }),
    ...(cached?.lastModified && { 'if-modified-since': cached.lastModified }),
  }
}

type RawResponse = {
  status: number
  url: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}

/**
 * Converts a response to a page: the received one, or the cached one if it has not changed. Throws
 * the reason if there is none.
 */
export function toFetchedPage(
  request: PageRequest,
  cached: CachedPage | null,
  response: RawResponse,
): FetchedPage {
  const { status, url, headers, body } = response
  if (status === 304 && cached) {
    const page = {
      request,
      status: 200,
      url: cached.url,
      contentType: cached.contentType,
      body: cached.body,
    }
    return { page, etag: cached.etag, lastModified: cached.lastModified, notModified: true }
  }
  const later = getBusyPause(response)
  if (later !== null) throw new RetryAfterError(`${new URL(url).host} is busy (${status}).`, later)
  if ([401, 403, 406, 429, 451].includes(status))
    throw new ScrapeFailure(
      'blocked',
      `${new URL(url).host} denies access to ${new URL(url).pathname} (${status}).`,
    )
  if (status !== 404 && (status < 200 || status > 299))
    throw new ScrapeFailure(
      'network',
      `${new URL(url).host} responded with ${status} for ${new URL(url).pathname}.`,
    )
  const contentType = headers['content-type'] ?? ''
  const page = { request, status, url, contentType, body: decodePage(body, contentType) }
  return {
    page,
    etag: headers['etag'] ?? null,
    lastModified: headers['last-modified'] ?? null,
    notModified: false,
  }
}

const FAILURE_TYPES: Readonly<Record<FailureKind, ErrorType>> = {
  timeout: 'timeout',
  network: 'network',
  refused: 'network',
  redirects: 'network',
  'too large': 'parse',
}

/** Converts an egress error to a ScrapeFailure; returns other errors unchanged. */
export function mapEgressFailure(error: unknown): unknown {
  const failure = asEgressFailure(error)
  if (!failure) return error
  const lasting = failure.kind === 'refused' || failure.kind === 'redirects'
  return new ScrapeFailure(FAILURE_TYPES[failure.kind], failure.message, {
    cause: failure,
    lasting,
  })
}
