import {
  createBrowserFetcher,
  type BrowserOptions,
} from '../../plugins/scraping/adapters/browser/browser-fetcher.ts'
import type { OriginStore, PageFetcher } from '../../plugins/scraping/domain/fetching.ts'
import { Gate } from '../../src/egress/gate.ts'
import type { Site } from './site.ts'

/**
 * An order that never waits, and a robots.txt that lets everything be read: these pages are our
 * own.
 */
export const OPEN_ORIGIN_STORE: OriginStore = {
  tryAcquire: () => Promise.resolve(0),
  release: () => Promise.resolve(),
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
    book: OPEN_ORIGIN_STORE,
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
