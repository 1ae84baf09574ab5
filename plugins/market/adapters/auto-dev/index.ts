import type { z } from 'zod'
import {
  type SourceRequest,
  type FoundListings,
  SourceError,
  type VinSource,
} from '../../domain/source.ts'
import { parseUrl } from '../../../../src/domain/parse-url.ts'
import type { Listing } from '../../domain/listing.ts'
import type { Search } from '../../domain/search.ts'
import { type AutoDevAccess, requestJson } from './client.ts'
import { DECODED, LISTING, PAGE } from './schema.ts'

export type AutoDevOptions = AutoDevAccess & {
  /** Around where listings are looked for; null for the whole country. */
  area: { zip: string; radiusMiles: number } | null
  /** How many listings of one search are read at most: the ones that changed last. */
  maxListings?: number
}

const PAGE_SIZE = 100
const MAX_LISTINGS = 500

/**
 * Listings and VINs from auto.dev (API v2). `fetch` is undici's unless another one is handed in.
 */
export const createAutoDevSource = (options: AutoDevOptions): VinSource => ({
  name: 'auto.dev',
  fetchListings: (search, request) => fetchListings(options, search, request),
  decodeVin: (vin, request) =>
    requestJson(options, { path: `/vin/${encodeURIComponent(vin)}`, schema: DECODED }, request),
})

/**
 * Page by page, by what each says comes next: an address with a page, and from the fiftieth on with
 * a cursor in its place. Only those two are taken from it, so that it leads nowhere else. A plan
 * that has shorter pages than we ask for answers them without a word. A page that has nothing is
 * the last, and rows that can't be read count: each page is paid, and none may lead on for ever.
 */
async function fetchListings(
  options: AutoDevOptions,
  search: Search,
  request: SourceRequest,
): Promise<FoundListings> {
  const max = options.maxListings ?? MAX_LISTINGS
  const found: Listing[] = []
  const notes = new Set<string>()
  const seen = new Set<string>()
  let unread = 0
  for (let position: Record<string, string> | null = { page: '1' }; position;) {
    seen.add(JSON.stringify(position))
    const page = await requestJson(
      options,
      { path: '/listings', params: { ...buildParams(options, search), ...position }, schema: PAGE },
      request,
    )
    if (!page)
      throw new SourceError(
        'rejected',
        'auto.dev has no listings at the address of AUTODEV_URL: it answered 404',
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

function buildParams({ area }: AutoDevOptions, search: Search): Record<string, string> {
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

/** A comma would mean or. */
const stripCommas = (name: string): string => name.replaceAll(',', ' ').trim()

/**
 * The page or the cursor that a page says comes next; null where there is none, and after a page
 * that has nothing.
 */
function findNextPosition({ data, links }: z.output<typeof PAGE>): Record<string, string> | null {
  const next = links?.next
  const url = next && data.length > 0 ? parseUrl(next, 'https://api.auto.dev') : null
  if (!url) return null
  const [cursor, page] = [url.searchParams.get('cursor'), url.searchParams.get('page')]
  if (cursor) return { cursor }
  return page ? { page } : null
}
