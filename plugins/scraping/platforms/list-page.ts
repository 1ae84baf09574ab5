import type { Draft, Candidate } from '../domain/listing-draft.ts'
import { parseListingUrl } from '../domain/listing-values.ts'
import { readListings } from '../domain/page-listings.ts'
import type { DroppedListing, Page, PageFound, PageResult, ReadContext } from '../domain/pages.ts'
import {
  repeatsFirstPage,
  MAX_KEY_LENGTH,
  pageFingerprint,
  type NextPage,
  nextRequests,
} from '../domain/pagination.ts'
import { isCutOff } from './html-page.ts'

/**
 * The maximum number of car pages that one list page may link to: the page limit of a run, which
 * reports that there were more.
 */
const MAX_LINKS = 1_000

/**
 * The parsed content of a list page. `base` is the base of its relative URLs if that is not the
 * page.
 */
export type ListPage = NextPage & {
  drafts: readonly Draft[]
  dropped?: readonly DroppedListing[]
  total: number | null
  base?: string
}

/** Reads a list page, and determines the page that follows it. */
export function readListPage(
  page: Page,
  { drafts, dropped, total, base = page.url, ...nextPage }: ListPage,
  context: ReadContext,
): PageResult {
  const read = readListings(drafts, { ...context, pageUrl: page.url, base }, dropped)
  if ('problem' in read) return read
  const fingerprint = pageFingerprint(read.listings)
  const next = nextRequests(page, fingerprint, nextPage)
  if ('problem' in next) return next
  const cut = nextPage.onRepeat === 'more' && total === null && repeatsFirstPage(page, fingerprint)
  return { ...read, total, next, ...(cut && { cut }) }
}

/** Builds a page that shows no cars but links to their pages. */
export const buildLinkPage = (...next: PageFound['next']): PageFound => ({
  ...buildEmptyPage(null),
  next,
})

/** Builds a list page without cars. */
export const buildEmptyPage = (total: number | null): PageFound => ({
  listings: [],
  dropped: [],
  total,
  next: [],
  sources: {},
})

/**
 * Returns the distinct URLs in a list that have the same origin as the page; relative ones are
 * resolved against `base`.
 */
export function listOwnUrls(page: Page, values: readonly unknown[], base = page.url): string[] {
  const { origin } = new URL(page.url)
  const own = values
    .flatMap((value) => parseListingUrl(value, base) ?? [])
    .filter((url) => new URL(url).origin === origin)
  return [...new Set(own)].slice(0, MAX_LINKS)
}

/**
 * Reads a list page that links to the pages of its cars. If it repeats an earlier page, the list
 * has ended.
 */
export function readCarLinks(page: Page, urls: readonly string[], nextPage: NextPage): PageResult {
  const fingerprint = urls.map((address) => address.slice(-MAX_KEY_LENGTH))
  const next = nextRequests(page, fingerprint, nextPage)
  if ('problem' in next) return next
  return buildLinkPage(...urls.map((url) => ({ url, carry: { step: 'car' } })), ...next)
}

/** Whether a page was requested as the page of one car. */
export const isCarPage = ({ request: { carry } }: Page): boolean => carry?.['step'] === 'car'

/**
 * Reads the page of one car from a list. A car that is gone, or that its page does not show, is
 * dropped and not missed.
 */
export function readCarPage(
  page: Page,
  drafts: readonly Draft[],
  context: ReadContext,
  base = page.url,
): PageResult {
  const why =
    page.status === 404
      ? 'Its page no longer exists (404).'
      : 'Its page has a different structure than the others.'
  const urls = [...new Set([page.request.url, page.url])]
  const names = urls.map((url) => ({ vin: null, stockNumber: null, url }))
  const what = urls.join(' ')
  if (page.status === 404 || drafts.length === 0)
    return { ...buildEmptyPage(null), dropped: [{ what, why, names }] }
  const here: Candidate = [page.url, 'the URL of its page']
  const own = drafts.map((draft) => ({ ...draft, url: [...(draft.url ?? []), here] }))
  const read = readListings(own, { ...context, pageUrl: page.url, base, isSingleCar: true })
  if (!('problem' in read)) return { ...read, total: null, next: [] }
  return { ...buildEmptyPage(null), dropped: [{ what, why: read.problem, names }] }
}

/** Returns the problem of a missing page (404); null if it exists. */
export function findMissingProblem({ status, url }: Page): { problem: string } | null {
  return status === 404 ? { problem: `There is no page at ${url.slice(0, 200)} (404).` } : null
}

/** Returns why an HTML page cannot be read: it is missing or truncated. Null if it is complete. */
export function findPageProblem(page: Page): { problem: string } | null {
  if (!isCutOff(page.body)) return findMissingProblem(page)
  return { problem: `The page is truncated: ${page.url.slice(0, 200)}` }
}
