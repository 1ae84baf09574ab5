import { MAX_CENTS } from '../../../src/domain/money.ts'
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
const MAX_MILES = 2_000_000

/**
 * Fits the values of a listing to their columns: truncates texts, and sets numbers to null that are
 * not whole or are out of range.
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
function clampUrl(text: string | null): string | null {
  const url = text?.trim() ?? ''
  return findWebAddressProblem(url) === null && url.length <= MAX_URL_LENGTH ? url : null
}

const keepWholeInRange = (value: number | null, min: number, max: number) =>
  value !== null && Number.isInteger(value) && value >= min && value <= max ? value : null
