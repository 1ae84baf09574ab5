import type { Page, PageFound, PageRead, PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { read } from './repository-files.ts'

const SITE = 'https://riverside.example'

/** A page with this body, as if it had been fetched from the test dealer's site. */
export function pageWith(
  body: string,
  { request = {}, status = 200 }: { request?: Partial<PageRequest>; status?: number } = {},
): Page {
  const asked = { url: `${SITE}/used`, ...request }
  return { request: asked, status, url: asked.url, contentType: '', body }
}

/** A page that is kept beside its platform: `dealeron/fixtures/cards.json`. */
export function savedPage(file: string, more?: Parameters<typeof pageWith>[1]): Page {
  return pageWith(read(`plugins/scraping/platforms/${file}`), more)
}

/** What a page gave; fails where it gave nothing but a problem. */
export function found(read: PageRead): PageFound {
  if ('problem' in read) throw new Error(read.problem)
  return read
}

/** The problem of a page; fails where it was read. */
export function problem(read: PageRead): string {
  if ('problem' in read) return read.problem
  throw new Error(`The page was read, with ${read.listings.length} listings.`)
}

/** What was asked in the body of a request. */
export const askedFor = ({ body = '{}' }: PageRequest): unknown => JSON.parse(body)
