import type { JsonObject } from './json.ts'
import type { Listing, Page, PageRequest } from './pages.ts'

/** More pages than any dealer's list has. */
export const MOST_PAGES = 500
/** How many cars of a page are remembered, to know it again. */
const REMEMBERED = 50
/** Of a car's mark, from its end: addresses begin alike. */
export const LONGEST_MARK = 60

/** `onRepeat`: what it means that a page shows exactly an earlier one's cars. `end` for a site that may do so after its last page. */
export type Onward = { next: PageRequest | null; onRepeat?: 'problem' | 'end' }

type Repeat = { earlier: string; isExact: boolean }

/** Which page of its list this is, from 1. */
export function numberOf({ request: { carry } }: Page): number {
  const number = carry?.['page']
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 1
}

/** What each car of a page is known by; the end of it, as addresses begin alike. */
export function marksOf(listings: readonly Listing[]): string[] {
  return listings.map(({ vin, stockNumber, url }) => (vin ?? stockNumber ?? url ?? '').slice(-LONGEST_MARK))
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
  const again = repeats(page.request.carry, marks, number)
  if (again !== null) {
    const problem = `Page ${number} of the list shows the cars of ${again.earlier} again: ${page.url}`
    return onRepeat === 'end' && again.isExact ? [] : { problem }
  }
  if (next === null || shown.length === 0 || isSame(next, page)) return []
  if (new URL(next.url).origin !== new URL(page.url).origin)
    return { problem: `The next page, ${next.url.slice(0, 200)}, is at another origin than ${page.url}; it is not followed.` }
  if (number >= MOST_PAGES) return { problem: `Page ${number} of the list still names a next one; no list is that long.` }
  const first = number === 1 ? marks : (page.request.carry?.['first'] ?? [])
  return [{ ...next, carry: { ...next.carry, page: number + 1, first, last: marks } }]
}

/**
 * Which earlier page these cars stood on: all of them, or at least half of them and three. Some sites pin a car or two to the top of
 * every page, and a car that is new on top pushes another from the end of one page to the next.
 */
function repeats(carry: JsonObject | undefined, marks: readonly string[], number: number): Repeat | null {
  if (number === 1 || marks.length === 0) return null
  for (const [key, earlier] of [
    ['first', 'page 1'],
    ['last', `page ${number - 1}`],
  ] as const) {
    const known = carry?.[key]
    if (!Array.isArray(known)) continue
    const same = marks.filter((mark) => known.includes(mark)).length
    const isExact = same === marks.length && same === known.length
    if (isExact || same >= Math.max(3, marks.length / 2)) return { earlier, isExact }
  }
  return null
}

function isSame(next: PageRequest, { request, url }: Page): boolean {
  return (next.url === url || next.url === request.url) && (next.body ?? '') === (request.body ?? '')
}
