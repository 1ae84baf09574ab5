import type { Listing, Page, PageRequest } from './pages.ts'

/** More pages than any dealer's list has. */
export const MOST_PAGES = 500
/** How many cars of a page are remembered, to know it again. */
const REMEMBERED = 50
/** Of a car's mark, from its end: addresses begin alike. */
export const LONGEST_MARK = 60

/**
 * `onRepeat`: what it means that a page shows exactly an earlier one's cars. `end` for a site that may do so after its last page; `more` for
 * one with a button for more cars, which may stay and bring nothing new, and whose answers may begin with the cars that are shown already.
 */
export type Onward = { next: PageRequest | null; onRepeat?: 'problem' | 'end' | 'more' }

/** `isExact`: it shows the same cars; `isOld`: it shows no other ones. */
type Repeat = { earlier: 'first' | 'last'; isExact: boolean; isOld: boolean }

/** Which page of its list this is, from 1. */
export function numberOf({ request: { carry } }: Page): number {
  const number = carry?.['page']
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 1
}

/** What each car of a page is known by; the end of it, as addresses begin alike. */
export function marksOf(listings: readonly Listing[]): string[] {
  return listings.map(({ vin, stockNumber, url, externalId }) =>
    (vin ?? stockNumber ?? url ?? externalId ?? '').slice(-LONGEST_MARK),
  )
}

/**
 * The page that follows one that showed these cars (as `marksOf` names them), with what it needs to know how far the walk is; none at
 * the end of the list: at a page without cars, and at a link to where the walk already is. A list that does not end (its first page, or
 * the one before, comes again; more than 500 pages; a next page at another origin, which is never followed) is a problem: what it gave is
 * not the whole stock.
 */
export function onward(
  page: Page,
  shown: readonly string[],
  { next, onRepeat = 'problem' }: Onward,
): PageRequest[] | { problem: string } {
  const number = numberOf(page)
  const marks = shown.slice(0, REMEMBERED)
  const again = onRepeat === 'more' && goesOn(page, shown) ? null : repeats(page, marks)
  if (again !== null) {
    const earlier = again.earlier === 'first' ? 'page 1' : `page ${number - 1}`
    const problem = `Page ${number} of the list shows the cars of ${earlier} again: ${page.url}`
    return again.isExact || (onRepeat === 'more' && again.isOld) ? endOr(onRepeat, problem) : { problem }
  }
  if (next === null || shown.length === 0 || isSame(next, page)) return []
  if (new URL(next.url).origin !== new URL(page.url).origin)
    return { problem: `The next page, ${next.url.slice(0, 200)}, is at another origin than ${page.url}; it is not followed.` }
  if (number >= MOST_PAGES) return { problem: `Page ${number} of the list still names a next one; no list is that long.` }
  const first = number === 1 ? marks : (page.request.carry?.['first'] ?? [])
  const count = onRepeat === 'more' ? { count: shown.length } : {}
  return [{ ...next, carry: { ...next.carry, page: number + 1, first, last: marks, ...count } }]
}

const endOr = (onRepeat: Onward['onRepeat'], problem: string) => (onRepeat === 'problem' ? { problem } : [])

/**
 * Whether a page after the first shows exactly the first one's cars: it may be the end of a list, or a site that answers every page with
 * its first one. Only a total shows which.
 */
export function isFirstAgain(page: Page, shown: readonly string[]): boolean {
  const again = repeats(page, shown.slice(0, REMEMBERED))
  return again !== null && again.earlier === 'first' && again.isExact
}

/** Whether a page begins with all cars of the one before, and has more. */
function goesOn({ request: { carry } }: Page, shown: readonly string[]): boolean {
  const [last, count] = [carry?.['last'], carry?.['count']]
  return Array.isArray(last) && typeof count === 'number' && shown.length > count && last.every((mark, at) => mark === shown[at])
}

/**
 * Which earlier page these cars stood on: all of them, or at least half of them and three. Some sites pin a car or two to the top of
 * every page, and a car that is new on top pushes another from the end of one page to the next.
 */
function repeats(page: Page, marks: readonly string[]): Repeat | null {
  if (numberOf(page) === 1 || marks.length === 0) return null
  for (const earlier of ['first', 'last'] as const) {
    const known = page.request.carry?.[earlier]
    if (!Array.isArray(known)) continue
    const same = marks.filter((mark) => known.includes(mark)).length
    const isOld = same === marks.length
    const isExact = isOld && same === known.length
    if (isExact || same >= Math.max(3, marks.length / 2)) return { earlier, isExact, isOld }
  }
  return null
}

function isSame(next: PageRequest, { request, url }: Page): boolean {
  return (next.url === url || next.url === request.url) && (next.body ?? '') === (request.body ?? '')
}
