import type { z } from 'zod'
import { type SourceRequest, type Found, SourceError, type VinSource } from '../../domain/source.ts'
import { parseUrl } from '../../../../src/domain/parse-url.ts'
import type { Listing } from '../../domain/listing.ts'
import type { Search } from '../../domain/search.ts'
import { type Access, ask } from './ask.ts'
import { DECODED, LISTING, PAGE } from './schema.ts'

export type AutoDevOptions = Access & {
  /** Around where listings are looked for; null for the whole country. */
  around: { zip: string; radiusMiles: number } | null
  /** How many listings of one search are read at most: the ones that changed last. */
  mostListings?: number
}

const A_PAGE = 100
const MOST_LISTINGS = 500

/** Listings and VINs from auto.dev (API v2). `fetch` is undici's unless another one is handed in. */
export const autoDev = (options: AutoDevOptions): VinSource => ({
  name: 'auto.dev',
  listings: (search, asking) => listings(options, search, asking),
  decode: (vin, asking) => ask(options, { path: `/vin/${encodeURIComponent(vin)}`, schema: DECODED }, asking),
})

/**
 * Page by page, by what each says comes next: an address with a page, and from the fiftieth on with a cursor in its place. Only those
 * two are taken from it, so that it leads nowhere else. A plan that has shorter pages than we ask for answers them without a word. A page
 * that has nothing is the last, and rows that can't be read count: each page is paid, and none may lead on for ever.
 */
async function listings(options: AutoDevOptions, search: Search, asking: SourceRequest): Promise<Found> {
  const most = options.mostListings ?? MOST_LISTINGS
  const found: Listing[] = []
  const notes = new Set<string>()
  const seen = new Set<string>()
  let unread = 0
  for (let place: Record<string, string> | null = { page: '1' }; place;) {
    seen.add(JSON.stringify(place))
    const page = await ask(
      options,
      { path: '/listings', params: { ...paramsOf(options, search), ...place }, schema: PAGE },
      asking,
    )
    if (!page) throw new SourceError('refused', 'auto.dev has no listings at the address of AUTODEV_URL: it answered 404')
    for (const row of page.data) {
      const read = LISTING.safeParse(row)
      if (read.success) found.push(read.data)
      else unread += 1
    }
    place = nextPlace(page)
    if (place && page.data.length < A_PAGE) notes.add(`A page has ${page.data.length} listings where ${A_PAGE} were asked for.`)
    if (place && (found.length + unread >= most || seen.has(JSON.stringify(place)))) {
      notes.add(`There are more: the ${found.length} that changed last were read.`)
      return { listings: found, complete: false, notes: withUnread(notes, unread) }
    }
  }
  return { listings: found, complete: unread === 0, notes: withUnread(notes, unread) }
}

const withUnread = (notes: ReadonlySet<string>, unread: number): string[] =>
  unread === 0 ? [...notes] : [...notes, `${unread} of the listings could not be read.`]

function paramsOf({ around }: AutoDevOptions, search: Search): Record<string, string> {
  const { make, model, fromYear, toYear, fromMiles, toMiles } = search
  return {
    'vehicle.year': fromYear === toYear ? String(fromYear) : `${fromYear}-${toYear}`,
    'vehicle.make': oneName(make),
    'vehicle.model': oneName(model),
    ...(fromMiles !== null && toMiles !== null && { 'retailListing.miles': `${fromMiles}-${toMiles}` }),
    ...(around && { zip: around.zip, distance: String(around.radiusMiles) }),
    sort: 'updatedAt.desc',
    limit: String(A_PAGE),
  }
}

/** A comma would mean or. */
const oneName = (name: string): string => name.replaceAll(',', ' ').trim()

/** The page or the cursor that a page says comes next; null where there is none, and after a page that has nothing. */
function nextPlace({ data, links }: z.output<typeof PAGE>): Record<string, string> | null {
  const next = links?.next
  const url = next && data.length > 0 ? parseUrl(next, 'https://api.auto.dev') : null
  if (!url) return null
  const [cursor, page] = [url.searchParams.get('cursor'), url.searchParams.get('page')]
  if (cursor) return { cursor }
  return page ? { page } : null
}
