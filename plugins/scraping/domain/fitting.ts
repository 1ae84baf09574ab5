import { findWebAddressProblem } from '../../../src/domain/web-address.ts'
import { isNamed, nameOf } from './identity.ts'
import type { Dropped, Listing } from './pages.ts'

const LENGTHS = {
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
const ADDRESS_LENGTH = 500
const MOST_CENTS = 9_999_999_999
const MOST_MILES = 2_000_000

/** A listing whose values all fit their columns: texts cut to their length, what is no whole number in its range is not said. */
export function fitting(listing: Listing): Listing {
  const texts = Object.entries(LENGTHS).map(([name, most]) => [name, textOf(listing[name as keyof typeof LENGTHS], most)])
  return {
    ...listing,
    vin: nameOf(listing).vin,
    ...(Object.fromEntries(texts) as Pick<Listing, keyof typeof LENGTHS>),
    url: addressOf(listing.url),
    imageUrl: addressOf(listing.imageUrl),
    year: wholeOf(listing.year, 1900, 2200),
    priceCents: wholeOf(listing.priceCents, 1, MOST_CENTS),
    mileage: wholeOf(listing.mileage, 0, MOST_MILES),
  }
}

/** Listings that fit their columns. One that has no name left then, nobody would know again: it is dropped. */
export function fittingAll<Found extends { listings: Listing[]; dropped: Dropped[] }>({ listings, dropped, ...rest }: Found) {
  const fitted = listings.map(fitting)
  const nameless = fitted.filter((listing) => !isNamed(listing))
  const why = 'Its VIN does not hold, and it has no stock number, address or id.'
  const lost = nameless.map(({ title }) => ({ what: title ?? 'a listing without a name', why }))
  return { ...rest, listings: fitted.filter(isNamed), dropped: [...dropped, ...lost] }
}

function textOf(said: string | null, most: number): string | null {
  return (
    said
      ?.replaceAll(/[\p{Cs}\p{Cc}]/gu, ' ')
      .trim()
      .slice(0, most)
      .replace(/\p{Cs}$/u, '')
      .trim() || null
  )
}

/** Half an address leads nowhere: one that is too long is not kept. */
function addressOf(said: string | null): string | null {
  const address = said?.trim() ?? ''
  return findWebAddressProblem(address) === null && address.length <= ADDRESS_LENGTH ? address : null
}

const wholeOf = (said: number | null, least: number, most: number) =>
  said !== null && Number.isInteger(said) && said >= least && said <= most ? said : null
