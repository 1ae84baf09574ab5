import type { z } from 'zod'
import {
  type SourceRequest,
  type FoundListings,
  SourceError,
  type VinSource,
} from '../../domain/source.ts'
import { createCircuitBreaker } from '../../../../src/egress/circuit-breaker.ts'
import { Egress } from '../../../../src/egress/egress.ts'
import { createTrustedGuard } from '../../../../src/egress/gate.ts'
import type { Listing } from '../../domain/listing.ts'
import type { Search } from '../../domain/search.ts'
import { type AutoDevAccess, isTimeout, requestJson } from './client.ts'
import { DECODED, LISTING, PAGE } from './schema.ts'

export type AutoDevOptions = Omit<AutoDevAccess, 'breaker' | 'egress'> & {
  /** The area to search; null for the whole country. */
  area: { zip: string; radiusMiles: number } | null
  /** The maximum number of listings per search, most recently changed first. */
  maxListings?: number
  /** The time limit per response, in milliseconds. */
  timeoutMs?: number
}

type ListingsAccess = AutoDevAccess & Pick<AutoDevOptions, 'area' | 'maxListings'>

const TIMEOUT_MS = 20_000
/** The time in which auto.dev is left alone after it did not respond. */
const COOL_DOWN_MS = 10_000
const PAGE_SIZE = 100
const MAX_LISTINGS = 500

/** Creates a source of listings and VIN data from auto.dev (API v2). */
export function createAutoDevSource({
  timeoutMs = TIMEOUT_MS,
  ...options
}: AutoDevOptions): VinSource {
  const egress = new Egress(createTrustedGuard(), { total: timeoutMs })
  const breaker = createCircuitBreaker({
    isUnresponsive: isTimeout,
    coolDownMs: COOL_DOWN_MS,
  })
  const access = { ...options, egress, breaker }
  return {
    name: 'auto.dev',
    fetchListings: (search, request) => fetchListings(access, search, request),
    decodeVin: (vin, request) =>
      requestJson(access, { path: `/vin/${encodeURIComponent(vin)}`, schema: DECODED }, request),
  }
}

/**
 * Fetches listings page by page. Each page links to the next one with a page number, or with a
 * cursor from page 50 on; only these two values are used, so that a link cannot lead elsewhere. A
 * plan with smaller pages than requested returns them without an error. An empty page is the last
 * one. Unreadable rows count toward the limit, because each page costs money and the loop must end.
 */
async function fetchListings(
  access: ListingsAccess,
  search: Search,
  request: SourceRequest,
): Promise<FoundListings> {
  const max = access.maxListings ?? MAX_LISTINGS
  const found: Listing[] = []
  const notes = new Set<string>()
  const seen = new Set<string>()
  let unread = 0
  for (let position: Record<string, string> | null = { page: '1' }; position;) {
    seen.add(JSON.stringify(position))
    const page = await requestJson(
      access,
      { path: '/listings', params: { ...buildParams(access, search), ...position }, schema: PAGE },
      request,
    )
    if (!page)
      throw new SourceError(
        'rejected',
        'auto.dev has no listings at the address in AUTODEV_URL: it responded with 404',
      )
    for (const row of page.data) {
      const parsed = LISTING.safeParse(row)
      if (parsed.success) found.push(parsed.data)
      else unread += 1
    }
    position = findNextPosition(page)
    if (position && page.data.length < PAGE_SIZE)
      notes.add(`A page has ${page.data.length} listings, but ${PAGE_SIZE} were requested.`)
    if (position && (found.length + unread >= max || seen.has(JSON.stringify(position)))) {
      notes.add(
        `There are more listings; the ${found.length} most recently changed ones were read.`,
      )
      return { listings: found, complete: false, notes: addUnreadNote(notes, unread) }
    }
  }
  return { listings: found, complete: unread === 0, notes: addUnreadNote(notes, unread) }
}

const addUnreadNote = (notes: ReadonlySet<string>, unread: number): string[] =>
  unread === 0 ? [...notes] : [...notes, `${unread} of the listings could not be read.`]

function buildParams({ area }: ListingsAccess, search: Search): Record<string, string> {
  const { make, model, fromYear, toYear, fromMiles, toMiles } = search
  return {
    'vehicle.year': fromYear === toYear ? String(fromYear) : `${fromYear}-${toYear}`,
    'vehicle.make': stripCommas(make),
    'vehicle.model': stripCommas(model),
    ...(fromMiles !== null &&
      toMiles !== null && { 'retailListing.miles': `${fromMiles}-${toMiles}` }),
    ...(area && { zip: area.zip, distance: String(area.radiusMiles) }),
    sort: 'updatedAt.desc',
    limit: String(PAGE_SIZE),
  }
}

/** Removes commas, which auto.dev interprets as "or". */
const stripCommas = (name: string): string => name.replaceAll(',', ' ').trim()

/**
 * Returns the page number or cursor of the next page; null if there is none or if this page is
 * empty.
 */
function findNextPosition({ data, links }: z.output<typeof PAGE>): Record<string, string> | null {
  const next = links?.next
  const url = next && data.length > 0 ? URL.parse(next, 'https://api.auto.dev') : null
  if (!url) return null
  const [cursor, page] = [url.searchParams.get('cursor'), url.searchParams.get('page')]
  if (cursor) return { cursor }
  return page ? { page } : null
}
