import { isNumberField, LISTING_FIELDS, type ListingField } from './listing-fields.ts'
import { parseListingUrl, parseText } from './listing-values.ts'
import type { Listing } from './pages.ts'
import { toPlainValue } from './plain-value.ts'

/** The number of listings in which a field was present but could not be read, by field. */
export type UnreadCounts = Partial<Record<ListingField, number>>

/** The minimum length of a VIN or chassis number. */
const MIN_VIN_LENGTH = 11

/**
 * Whether an unreadable value was meant to contain something: an object with another structure, a
 * number with unknown text around it (`12K`), an invalid VIN, or an invalid URL. `Call for price`
 * and `N/A` mean that there is no value.
 */
export function isUnreadable(field: ListingField, value: unknown): boolean {
  if (value === true) return true
  const plain = toPlainValue(value)
  if (plain === null)
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0
  const text = parseText(plain, 2_000)
  if (text === null) return false
  const { type } = LISTING_FIELDS[field]
  if (isNumberField(field)) return /[1-9]/.test(text)
  if (type === 'vin') return text.length >= MIN_VIN_LENGTH && /\d/.test(text)
  if (type === 'url')
    return (
      !/^(?:#|javascript:)/i.test(text) && parseListingUrl(text, 'https://dealer.example/') === null
    )
  return false
}

/** Counts the listings with an unreadable field, by field. */
export function countUnread(listings: readonly Listing[]): UnreadCounts {
  const counts: UnreadCounts = {}
  for (const { unread = [], ...listing } of listings)
    for (const field of unread)
      if (listing[field] === null) counts[field] = (counts[field] ?? 0) + 1
  return counts
}
