import { request } from 'undici'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type {
  DroppedListing,
  Listing,
  Page,
  PageRequest,
  Platform,
} from '../../plugins/scraping/domain/pages.ts'
import { IN_DOLLARS } from './in-dollars.ts'

/**
 * A whole walk: what its pages gave, the last total that one said, every page in its order, and
 * what ended it where it did not end well.
 */
export type Crawl = {
  listings: Listing[]
  dropped: DroppedListing[]
  total: number | null
  pages: Page[]
  problem: string | null
}

/** Fetches a page as it is asked for, once, without following a redirect. */
export async function fetchPage(pageRequest: PageRequest): Promise<Page> {
  const answer = await request(pageRequest.url, {
    method: pageRequest.method ?? 'GET',
    headers: { ...pageRequest.headers },
    ...(pageRequest.body === undefined ? {} : { body: pageRequest.body }),
  })
  const body = await answer.body.text()
  const contentType = String(answer.headers['content-type'] ?? '')
  return {
    request: pageRequest,
    status: answer.statusCode,
    url: pageRequest.url,
    contentType,
    body,
  }
}

/** Walks a site from its first page to its last, one page after the other, as simply as can be. */
export async function crawlSite(
  platform: Platform,
  inventoryUrl: string,
  config: JsonObject = {},
): Promise<Crawl> {
  const crawl: Crawl = { listings: [], dropped: [], total: null, pages: [], problem: null }
  /* Carry goes through JSON as it does through a table. */
  const waiting = platform.listFirstRequests(inventoryUrl, config)
  for (let request = waiting.shift(); request; request = waiting.shift()) {
    const page = await fetchPage(JSON.parse(JSON.stringify(request)) as PageRequest)
    crawl.pages.push(page)
    if (page.status > 299 && page.status !== 404)
      return { ...crawl, problem: `${page.status} at ${page.url}` }
    const read = platform.read(page, config, IN_DOLLARS)
    if ('problem' in read) return { ...crawl, problem: read.problem }
    crawl.listings.push(...read.listings)
    crawl.dropped.push(...read.dropped)
    crawl.total = read.total ?? crawl.total
    waiting.push(...read.next)
  }
  return crawl
}
