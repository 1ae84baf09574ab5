import type { Listing, Page, PageRequest } from './pages.ts'

/** More pages than the list of any dealer has. */
export const MAX_LIST_PAGES = 500
/** The number of cars per page that are remembered to recognize it. */
const MAX_REMEMBERED_CARS = 50
/**
 * The maximum length of a car's key, counted from its end, because URLs have similar beginnings.
 */
export const MAX_KEY_LENGTH = 60

/**
 * The next page of a list. `onRepeat` is the meaning of a page with exactly the cars of an earlier
 * one: `problem`; `end` for a site that may repeat its last page; or `more` for a site with a
 * button for more cars, which may stay without effect and whose responses may start with the cars
 * that are already shown.
 */
export type NextPage = { next: PageRequest | null; onRepeat?: 'problem' | 'end' | 'more' }

/**
 * A repeated page. `isExact` is whether it shows the same cars; `isOld` is whether it shows no
 * other cars.
 */
type Repeat = {
  earlier: 'first' | 'last'
  isExact: boolean
  isOld: boolean
}

/** Returns the number of a page in its list, starting at 1. */
export function getPageNumber({ request: { carry } }: Page): number {
  const number = carry?.['page']
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 1
}

/**
 * Returns a key for each car of a page: the end of its strongest identifier, because URLs have
 * similar beginnings.
 */
export function pageFingerprint(listings: readonly Listing[]): string[] {
  return listings.map(({ vin, stockNumber, url, externalId }) =>
    (vin ?? stockNumber ?? url ?? externalId ?? '').slice(-MAX_KEY_LENGTH),
  )
}

/**
 * Returns the request for the page after one with these cars (keys from `pageFingerprint`),
 * including the position in the list. Returns none at the end of the list: for a page without cars,
 * or a link to the current page. A list without a proper end is a problem, because its cars are not
 * the whole stock: the first or previous page is repeated, there are more than 500 pages, or the
 * next page has another origin, which is never followed.
 */
export function nextRequests(
  page: Page,
  fingerprint: readonly string[],
  { next, onRepeat = 'problem' }: NextPage,
): PageRequest[] | { problem: string } {
  const number = getPageNumber(page)
  const remembered = fingerprint.slice(0, MAX_REMEMBERED_CARS)
  const repeat =
    onRepeat === 'more' && extendsPreviousPage(page, fingerprint)
      ? null
      : findRepeat(page, remembered)
  if (repeat !== null) {
    const earlier = repeat.earlier === 'first' ? 'page 1' : `page ${number - 1}`
    const problem = `Page ${number} of the list repeats the cars of ${earlier}: ${page.url}`
    return repeat.isExact || (onRepeat === 'more' && repeat.isOld)
      ? endOrProblem(onRepeat, problem)
      : { problem }
  }
  if (next === null || fingerprint.length === 0 || isSameRequest(next, page)) return []
  if (new URL(next.url).origin !== new URL(page.url).origin)
    return {
      problem:
        `The next page, ${next.url.slice(0, 200)}, has a different origin than ${page.url} ` +
        'and is not followed.',
    }
  if (number >= MAX_LIST_PAGES)
    return {
      problem: `Page ${number} of the list still links to a next page, which exceeds the limit.`,
    }
  const first = number === 1 ? remembered : (page.request.carry?.['first'] ?? [])
  const count = onRepeat === 'more' ? { count: fingerprint.length } : {}
  return [
    { ...next, carry: { ...next.carry, page: number + 1, first, last: remembered, ...count } },
  ]
}

const endOrProblem = (onRepeat: NextPage['onRepeat'], problem: string) =>
  onRepeat === 'problem' ? { problem } : []

/**
 * Whether a page after the first shows exactly the cars of the first: it may be the end of the
 * list, or the site may return its first page for every number. Only a total shows which.
 */
export function repeatsFirstPage(page: Page, fingerprint: readonly string[]): boolean {
  const repeat = findRepeat(page, fingerprint.slice(0, MAX_REMEMBERED_CARS))
  return repeat !== null && repeat.earlier === 'first' && repeat.isExact
}

/** Whether a page starts with all cars of the previous page and has more. */
function extendsPreviousPage(
  { request: { carry } }: Page,
  fingerprint: readonly string[],
): boolean {
  const [last, count] = [carry?.['last'], carry?.['count']]
  return (
    Array.isArray(last) &&
    typeof count === 'number' &&
    fingerprint.length > count &&
    last.every((mark, at) => mark === fingerprint[at])
  )
}

/**
 * Finds the earlier page that has these cars: all of them, or at least half and at least three.
 * Some sites pin a car or two to the top of every page, and a new car at the top moves another one
 * from the end of a page to the next page.
 */
function findRepeat(page: Page, remembered: readonly string[]): Repeat | null {
  if (getPageNumber(page) === 1 || remembered.length === 0) return null
  for (const earlier of ['first', 'last'] as const) {
    const known = page.request.carry?.[earlier]
    if (!Array.isArray(known)) continue
    const same = remembered.filter((mark) => known.includes(mark)).length
    const isOld = same === remembered.length
    const isExact = isOld && same === known.length
    if (isExact || same >= Math.max(3, remembered.length / 2)) return { earlier, isExact, isOld }
  }
  return null
}

function isSameRequest(next: PageRequest, { request, url }: Page): boolean {
  return (
    (next.url === url || next.url === request.url) && (next.body ?? '') === (request.body ?? '')
  )
}
