import { retryAfterSeconds } from '../../../src/domain/retry-after.ts'
import { Egress } from '../../../src/egress/egress.ts'
import { asEgressFailure, type FailureKind } from '../../../src/egress/failure.ts'
import type { Gate } from '../../../src/egress/gate.ts'
import type { FetchedPage, KeptPage, OriginBook, PageFetcher } from '../domain/fetching.ts'
import type { PageRequest } from '../domain/pages.ts'
import { type ErrorType, PutOff, ScrapeFailure } from '../domain/scrape-failure.ts'
import { pageText } from './page-text.ts'
import { crawlDelayIn, forbidden, mannersOf, type Manners } from './robots.ts'
import { turnsOf } from './turns.ts'

/** How sites are read: through which gate, in which order, as whom, and the least milliseconds between two requests to an origin. */
export type Politeness = { gate: Gate; book: OriginBook; userAgent: string; gapFor: (url: URL) => number }

/** Goes to an origin when it is its turn, if robots.txt lets it, and says what was made of the answer. */
export type Polite = {
  manners: (url: URL, signal: AbortSignal) => Promise<Manners>
  gap: (url: URL, manners: Manners) => number
}

/** What every reader of an origin keeps to, fetched with `egress`. */
export function politely({ book, gapFor, userAgent }: Politeness, egress: Egress): Polite {
  const turns = turnsOf(book)
  const headers = { 'user-agent': userAgent, accept: 'text/plain, */*;q=0.5' }
  return {
    manners: (url, signal) =>
      mannersOf(book, url, (robots) =>
        egress.fetch({ url: robots.href, headers, signal }, (hop, send) =>
          turns(hop, (answer) => Math.max(gapFor(hop), (answer && crawlDelayIn(robots, answer)) ?? 0), send, signal),
        ),
      ),
    gap: (url, { crawlDelay }) => Math.max(gapFor(url), crawlDelay ?? 0),
  }
}

/** Reads pages with plain requests: one at a time to an origin, as robots.txt asks, under our own name. */
export function politeFetcher(politeness: Politeness): PageFetcher {
  const egress = new Egress(politeness.gate)
  const polite = politely(politeness, egress)
  const turns = turnsOf(politeness.book)
  return {
    fetch: async (request, kept, signal) => {
      const sent = { ...request, headers: headersOf(request, kept, politeness.userAgent), signal }
      const answer = await egress
        .fetch(sent, async (url, send) => {
          const manners = await polite.manners(url, signal)
          if (!manners.mayRead(url)) throw forbidden(url)
          return turns(url, () => polite.gap(url, manners), send, signal)
        })
        .catch((error: unknown) => {
          throw failureOf(error)
        })
      return pageOf(request, kept, answer)
    },
    close: () => egress.close(),
  }
}

function headersOf(request: PageRequest, kept: KeptPage | null, userAgent: string): Record<string, string> {
  return {
    accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5',
    'accept-language': 'en',
    ...request.headers,
    'user-agent': userAgent,
    ...(kept?.etag && { 'if-none-match': kept.etag }),
    ...(kept?.lastModified && { 'if-modified-since': kept.lastModified }),
  }
}

type Came = { status: number; url: string; headers: Readonly<Record<string, string>>; body: Uint8Array }

/** What a status means for who reads: a page, the kept one, or why there is none. */
export function pageOf(request: PageRequest, kept: KeptPage | null, { status, url, headers, body }: Came): FetchedPage {
  if (status === 304 && kept) {
    const page = { request, status: 200, url: kept.url, contentType: kept.contentType, body: kept.body }
    return { page, etag: kept.etag, lastModified: kept.lastModified, same: true }
  }
  const later = status === 429 || status === 503 ? retryAfterSeconds(headers['retry-after'], new Date()) : null
  if (later !== null) throw new PutOff(`${new URL(url).host} is busy (${status}).`, later)
  if ([401, 403, 406, 429, 451].includes(status))
    throw new ScrapeFailure('blocked', `${new URL(url).host} does not let us read ${new URL(url).pathname} (${status}).`)
  if (status !== 404 && (status < 200 || status > 299))
    throw new ScrapeFailure('network', `${new URL(url).host} answered ${status} for ${new URL(url).pathname}.`)
  const contentType = headers['content-type'] ?? ''
  const page = { request, status, url, contentType, body: pageText(body, contentType) }
  return { page, etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null, same: false }
}

const FAILURE_TYPES: Readonly<Record<FailureKind, ErrorType>> = {
  timeout: 'timeout',
  network: 'network',
  refused: 'network',
  redirects: 'network',
  'too large': 'parse',
}

/** A request without an answer, as a reason why a site was not read. */
export function failureOf(error: unknown): unknown {
  const failure = asEgressFailure(error)
  if (!failure) return error
  const lasting = failure.kind === 'refused' || failure.kind === 'redirects'
  return new ScrapeFailure(FAILURE_TYPES[failure.kind], failure.message, { cause: failure, lasting })
}
