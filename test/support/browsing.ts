import {
  createBrowserFetcher,
  type BrowserOptions,
} from '../../plugins/scraping/adapters/browser/browser-fetcher.ts'
import type { PageFetcher, RobotsStore } from '../../plugins/scraping/domain/fetching.ts'
import { Gate } from '../../src/egress/gate.ts'
import type { Pacing } from '../../src/egress/pacing.ts'
import type { Site } from './site.ts'

/** A pacing that never waits: these pages are our own. */
export const OPEN_PACING: Pacing = {
  acquireSlot: () => Promise.resolve({ release: () => Promise.resolve() }),
  pause: () => Promise.resolve(),
}

/** A robots.txt that lets everything be read. */
export const OPEN_ROBOTS_STORE: RobotsStore = {
  findRobots: () => Promise.resolve({ status: 404, text: '' }),
  saveRobots: () => Promise.resolve(),
}

/**
 * Reads pages of these sites with a browser that is closed afterwards. A page has two minutes,
 * unless the test says less.
 */
export async function withPageFetcher<Value>(
  sites: readonly Site[],
  work: (fetcher: PageFetcher) => Promise<Value>,
  { gap = 0, ...options }: BrowserOptions & { gap?: number } = {},
): Promise<Value> {
  const gate = new Gate(
    sites.map(({ origin }) => origin),
    async () => ['127.0.0.1'],
  )
  const politeness = {
    gate,
    pacing: OPEN_PACING,
    robotsStore: OPEN_ROBOTS_STORE,
    userAgent: 'Forecourt/1.0 (+test)',
    gapFor: () => gap,
  }
  const fetcher = await createBrowserFetcher(politeness, { page: 120_000, ...options })
  return work(fetcher).finally(() => fetcher.close())
}

const never = new AbortController().signal

/** Fetches a page. */
export const fetchPage = (fetcher: PageFetcher, url: string) => fetcher.fetch({ url }, null, never)

/** A route that answers a page of HTML. */
export const htmlRoute =
  (body: string): Site['routes'][string] =>
  (_, res) =>
    void res.writeHead(200, { 'content-type': 'text/html' }).end(body)
