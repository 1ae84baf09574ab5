import { findWebAddressProblem } from '../../../src/domain/web-address.ts'
import { hasIdentity, normalizeIdentity } from './identity.ts'
import type { DroppedListing, Listing } from './pages.ts'

/** How many characters the columns of a listing hold. */
export const MAX_LENGTHS = {
  stockNumber: 100,
  externalId: 255,
  title: 255,
  make: 100,
  model: 100,
  trim: 100,
  exteriorColor: 100,
  transmission: 50,
  fuelType: 50,
  bodyStyle: 50,
} as const
const MAX_URL_LENGTH = 500
const MAX_CENTS = 9_999_999_999
const MAX_MILES = 2_000_000

/**
 * A listing whose values all fit their columns: texts cut to their length, what is no whole number
 * in its range is not said.
 */
export function clampListing(listing: Listing): Listing {
  const texts = Object.entries(MAX_LENGTHS).map(([name, max]) => [
    name,
    clampText(listing[name as keyof typeof MAX_LENGTHS], max),
  ])
  return {
    ...listing,
    vin: normalizeIdentity(listing).vin,
    ...(Object.fromEntries(texts) as Pick<Listing, keyof typeof MAX_LENGTHS>),
    url: clampUrl(listing.url),
    imageUrl: clampUrl(listing.imageUrl),
    year: keepWholeInRange(listing.year, 1900, 2200),
    priceCents: keepWholeInRange(listing.priceCents, 1, MAX_CENTS),
    mileage: keepWholeInRange(listing.mileage, 0, MAX_MILES),
  }
}

/**
 * Listings that fit their columns. One that has no name left then, nobody would know again: it is
 * dropped.
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

/** Half an address leads nowhere: one that is too long is not kept. */
function clampUrl(text: string | null): string | null {
  const url = text?.trim() ?? ''
  return findWebAddressProblem(url) === null && url.length <= MAX_URL_LENGTH ? url : null
}

const keepWholeInRange = (value: number | null, min: number, max: number) =>
  value !== null && Number.isInteger(value) && value >= min && value <= max ? value : null
