import { findWebAddressProblem } from '../../../src/domain/web-address.ts'
import { hasIdentity, normalizeIdentity } from './identity.ts'
import { LISTING_FIELDS, mapFields, NUMBER_FIELDS, TEXT_FIELDS } from './listing-fields.ts'
import type { DroppedListing, Listing } from './pages.ts'

/**
 * Fits the values of a listing to their columns: truncates texts, and sets numbers to null that are
 * not whole or are out of range.
 */
export function clampListing(listing: Listing): Listing {
  const texts = mapFields(TEXT_FIELDS, (field) => {
    const { type, maxLength } = LISTING_FIELDS[field]
    return type === 'url'
      ? clampUrl(listing[field], maxLength)
      : clampText(listing[field], maxLength)
  })
  const numbers = mapFields(NUMBER_FIELDS, (field) =>
    keepWholeInRange(listing[field], LISTING_FIELDS[field]),
  )
  return { ...listing, ...texts, ...numbers, vin: normalizeIdentity(listing).vin }
}

/**
 * Fits listings to their columns. Drops a listing without an identity afterward, because a later
 * run could not match it.
 */
export function clampToColumns<Found extends { listings: Listing[]; dropped: DroppedListing[] }>({
  listings,
  dropped,
  ...rest
}: Found) {
  const clamped = listings.map(clampListing)
  const nameless = clamped.filter((listing) => !hasIdentity(listing))
  const why = 'Its VIN is not valid, and it has no stock number, address or ID.'
  const unidentified = nameless.map(({ title }) => ({
    what: title ?? 'an unnamed listing',
    why,
  }))
  return { ...rest, listings: clamped.filter(hasIdentity), dropped: [...dropped, ...unidentified] }
}

function clampText(text: string | null, max: number): string | null {
  return (
    text
      ?.replaceAll(/[\p{Cs}\p{Cc}]/gu, ' ')
      .trim()
      .slice(0, max)
      .replace(/\p{Cs}$/u, '')
      .trim() || null
  )
}

/** Sets a URL that is too long to null, because a truncated one would not work. */
function clampUrl(text: string | null, max: number): string | null {
  const url = text?.trim() ?? ''
  return findWebAddressProblem(url) === null && url.length <= max ? url : null
}

const keepWholeInRange = (value: number | null, { min, max }: { min: number; max: number }) =>
  value !== null && Number.isInteger(value) && value >= min && value <= max ? value : null
