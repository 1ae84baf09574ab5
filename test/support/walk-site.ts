import { request } from 'undici'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import type { Dropped, Listing, Page, PageRequest, Platform } from '../../plugins/scraping/domain/pages.ts'

/** A whole walk: what its pages gave, the last total that one said, every page in its order, and what ended it where it did not end well. */
export type Walk = { listings: Listing[]; dropped: Dropped[]; total: number | null; pages: Page[]; problem: string | null }

/** Fetches a page as it is asked for, once, without following a redirect. */
export async function fetchPage(asked: PageRequest): Promise<Page> {
  const answer = await request(asked.url, {
    method: asked.method ?? 'GET',
    headers: { ...asked.headers },
    ...(asked.body === undefined ? {} : { body: asked.body }),
  })
  const body = await answer.body.text()
  const contentType = String(answer.headers['content-type'] ?? '')
  return { request: asked, status: answer.statusCode, url: asked.url, contentType, body }
}

/** Walks a site from its first page to its last, one page after the other, as simply as can be. */
export async function walkSite(platform: Platform, inventoryUrl: string, config: JsonObject = {}): Promise<Walk> {
  const walk: Walk = { listings: [], dropped: [], total: null, pages: [], problem: null }
  /* Carry goes through JSON as it does through a table. */
  const waiting = platform.begin(inventoryUrl, config)
  for (let asked = waiting.shift(); asked; asked = waiting.shift()) {
    const page = await fetchPage(JSON.parse(JSON.stringify(asked)) as PageRequest)
    walk.pages.push(page)
    if (page.status > 299 && page.status !== 404) return { ...walk, problem: `${page.status} at ${page.url}` }
    const read = platform.read(page, config)
    if ('problem' in read) return { ...walk, problem: read.problem }
    walk.listings.push(...read.listings)
    walk.dropped.push(...read.dropped)
    walk.total = read.total ?? walk.total
    waiting.push(...read.next)
  }
  return walk
}
