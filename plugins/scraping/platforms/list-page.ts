import type { CatalogName } from '../../../src/domain/models.ts'
import type { Draft, Candidate } from '../domain/listing-draft.ts'
import { parseListingUrl } from '../domain/listing-values.ts'
import { readListings } from '../domain/page-listings.ts'
import type { DroppedListing, Page, PageFound, PageResult } from '../domain/pages.ts'
import {
  repeatsFirstPage,
  MAX_KEY_LENGTH,
  pageFingerprint,
  type NextPage,
  nextRequests,
} from '../domain/pagination.ts'
import { isCutOff } from './html-page.ts'

/**
 * How many pages of cars one page of a list may name: as many as a run reads, which says so when
 * there were more.
 */
const MAX_LINKS = 1_000

/**
 * What a parser made of one page of a list. `base`: what its addresses are relative to, where not
 * to the page itself.
 */
export type ListPage = NextPage & {
  drafts: readonly Draft[]
  dropped?: readonly DroppedListing[]
  total: number | null
  base?: string
}

/** A page of a list, read, and the one that follows it. */
export function readListPage(
  page: Page,
  { drafts, dropped, total, base = page.url, ...nextPage }: ListPage,
  extraMakes?: readonly CatalogName[],
): PageResult {
  const read = readListings(drafts, { pageUrl: page.url, base, extraMakes }, dropped)
  if ('problem' in read) return read
  const fingerprint = pageFingerprint(read.listings)
  const next = nextRequests(page, fingerprint, nextPage)
  if ('problem' in next) return next
  const cut = nextPage.onRepeat === 'more' && total === null && repeatsFirstPage(page, fingerprint)
  return { ...read, total, next, ...(cut && { cut }) }
}

/** A page that shows no cars itself, and names those that do. */
export const buildLinkPage = (...next: PageFound['next']): PageFound => ({
  ...buildEmptyPage(null),
  next,
})

/** A page of a list without a car. */
export const buildEmptyPage = (total: number | null): PageFound => ({
  listings: [],
  dropped: [],
  total,
  next: [],
  sources: {},
})

/** Addresses that a page's list names, relative to `base`, at the page's own origin, each once. */
export function listOwnUrls(page: Page, values: readonly unknown[], base = page.url): string[] {
  const { origin } = new URL(page.url)
  const own = values
    .flatMap((value) => parseListingUrl(value, base) ?? [])
    .filter((url) => new URL(url).origin === origin)
  return [...new Set(own)].slice(0, MAX_LINKS)
}

/**
 * A page of a list that names the pages of its cars; where it shows those of an earlier page again,
 * the list is at its end.
 */
export function readCarLinks(page: Page, urls: readonly string[], nextPage: NextPage): PageResult {
  const fingerprint = urls.map((address) => address.slice(-MAX_KEY_LENGTH))
  const next = nextRequests(page, fingerprint, nextPage)
  if ('problem' in next) return next
  return buildLinkPage(...urls.map((url) => ({ url, carry: { step: 'car' } })), ...next)
}

/** Whether this page was asked for as the page of one car. */
export const isCarPage = ({ request: { carry } }: Page): boolean => carry?.['step'] === 'car'

/**
 * A page of one car, named by a list; a car that is gone by now, or that its page does not show, is
 * dropped and not missed.
 */
export function readCarPage(
  page: Page,
  drafts: readonly Draft[],
  extraMakes?: readonly CatalogName[],
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
  const read = readListings(own, { pageUrl: page.url, base, isSingleCar: true, extraMakes })
  if (!('problem' in read)) return { ...read, total: null, next: [] }
  return { ...buildEmptyPage(null), dropped: [{ what, why: read.problem, names }] }
}

/** A page that is not there: null where it is. */
export function findMissingProblem({ status, url }: Page): { problem: string } | null {
  return status === 404 ? { problem: `There is no page at ${url.slice(0, 200)} (404).` } : null
}

/**
 * Why a page of HTML is none to read: it is not there, or only its beginning is. null where it is
 * whole.
 */
export function findPageProblem(page: Page): { problem: string } | null {
  if (!isCutOff(page.body)) return findMissingProblem(page)
  return { problem: `The page is truncated: ${page.url.slice(0, 200)}` }
}
