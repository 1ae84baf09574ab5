import { parseListingUrl, parseText } from './listing-values.ts'
import type { Listing, ListingField } from './pages.ts'
import { toPlainValue } from './plain-value.ts'

/** Of how many listings a field was there and could not be read. */
export type UnreadCounts = Partial<Record<ListingField, number>>

const NUMBERS: readonly ListingField[] = ['priceCents', 'mileage', 'year']
const URLS: readonly ListingField[] = ['url', 'imageUrl']
/** As short as nobody writes a VIN, not even a chassis number. */
const MIN_VIN_LENGTH = 11

/**
 * Whether a value that gave nothing was meant to give something: a thing of another shape, a number
 * with something about it that is not understood (`12K`), a VIN that does not hold, an address that
 * leads nowhere. `Call for price` and `N/A` mean that there is none.
 */
export function isUnreadable(field: ListingField, value: unknown): boolean {
  if (value === true) return true
  const plain = toPlainValue(value)
  if (plain === null)
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0
  const text = parseText(plain, 2_000)
  if (text === null) return false
  if (NUMBERS.includes(field)) return /[1-9]/.test(text)
  if (field === 'vin') return text.length >= MIN_VIN_LENGTH && /\d/.test(text)
  if (URLS.includes(field))
    return (
      !/^(?:#|javascript:)/i.test(text) && parseListingUrl(text, 'https://dealer.example/') === null
    )
  return false
}

/** How many of these listings have a field that could not be read, by field. */
export function countUnread(listings: readonly Listing[]): UnreadCounts {
  const counts: UnreadCounts = {}
  for (const { unread = [], ...listing } of listings)
    for (const field of unread)
      if (listing[field] === null) counts[field] = (counts[field] ?? 0) + 1
  return counts
}
