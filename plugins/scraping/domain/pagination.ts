import type { Listing, Page, PageRequest } from './pages.ts'

/** More pages than any dealer's list has. */
export const MAX_LIST_PAGES = 500
/** How many cars of a page are remembered, to know it again. */
const MAX_REMEMBERED_CARS = 50
/** Of a car's mark, from its end: addresses begin alike. */
export const MAX_KEY_LENGTH = 60

/**
 * `onRepeat`: what it means that a page shows exactly an earlier one's cars. `end` for a site that
 * may do so after its last page; `more` for one with a button for more cars, which may stay and
 * bring nothing new, and whose answers may begin with the cars that are shown already.
 */
export type NextPage = { next: PageRequest | null; onRepeat?: 'problem' | 'end' | 'more' }

/** `isExact`: it shows the same cars; `isOld`: it shows no other ones. */
type Repeat = { earlier: 'first' | 'last'; isExact: boolean; isOld: boolean }

/** Which page of its list this is, from 1. */
export function getPageNumber({ request: { carry } }: Page): number {
  const number = carry?.['page']
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 1
}

/** What each car of a page is known by; the end of it, as addresses begin alike. */
export function pageFingerprint(listings: readonly Listing[]): string[] {
  return listings.map(({ vin, stockNumber, url, externalId }) =>
    (vin ?? stockNumber ?? url ?? externalId ?? '').slice(-MAX_KEY_LENGTH),
  )
}

/**
 * The page that follows one that showed these cars (as `marksOf` names them), with what it needs to
 * know how far the walk is; none at the end of the list: at a page without cars, and at a link to
 * where the walk already is. A list that does not end (its first page, or the one before, comes
 * again; more than 500 pages; a next page at another origin, which is never followed) is a problem:
 * what it gave is not the whole stock.
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
 * Whether a page after the first shows exactly the first one's cars: it may be the end of a list,
 * or a site that answers every page with its first one. Only a total shows which.
 */
export function repeatsFirstPage(page: Page, fingerprint: readonly string[]): boolean {
  const repeat = findRepeat(page, fingerprint.slice(0, MAX_REMEMBERED_CARS))
  return repeat !== null && repeat.earlier === 'first' && repeat.isExact
}

/** Whether a page begins with all cars of the one before, and has more. */
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
 * Which earlier page these cars stood on: all of them, or at least half of them and three. Some
 * sites pin a car or two to the top of every page, and a car that is new on top pushes another from
 * the end of one page to the next.
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
