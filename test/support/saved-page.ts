import type {
  Page,
  PageFound,
  PageResult,
  PageRequest,
} from '../../plugins/scraping/domain/pages.ts'
import { read } from './repository-files.ts'

const SITE = 'https://riverside.example'

/** A page with this body, as if it had been fetched from the test dealer's site. */
export function buildPage(
  body: string,
  { request = {}, status = 200 }: { request?: Partial<PageRequest>; status?: number } = {},
): Page {
  const fullRequest = { url: `${SITE}/used`, ...request }
  return { request: fullRequest, status, url: fullRequest.url, contentType: '', body }
}

/** A page that is kept beside its platform: `dealeron/fixtures/cards.json`. */
export function readSavedPage(file: string, more?: Parameters<typeof buildPage>[1]): Page {
  return buildPage(read(`plugins/scraping/platforms/${file}`), more)
}

/** What a page gave; fails where it gave nothing but a problem. */
export function expectFound(read: PageResult): PageFound {
  if ('problem' in read) throw new Error(read.problem)
  return read
}

/** The problem of a page; fails where it was read. */
export function expectProblem(read: PageResult): string {
  if ('problem' in read) return read.problem
  throw new Error(`The page was read, with ${read.listings.length} listings.`)
}

/** What was asked in the body of a request. */
export const parseRequestBody = ({ body = '{}' }: PageRequest): unknown => JSON.parse(body)
