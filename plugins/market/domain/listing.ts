/** A car that another seller offers. Money in cents, mileage in miles. */
export type Listing = {
  /** Seventeen characters, normalized; null if the source does not provide it. */
  vin: string | null
  /** The source's ID of this advertisement; identifies a car without a VIN. */
  key: string
  year: number
  make: string
  model: string
  trim: string | null
  drivetrain: string | null
  engine: string | null
  /** Whether the car is new; null if unknown. */
  isNew: boolean | null
  /** The asking price; null if the listing has no price. */
  cents: number | null
  miles: number | null
  /** Whether its title is described as salvage, rebuilt, flood or similar. */
  branded: boolean
  dealer: string | null
  city: string | null
  state: string | null
  /** Where the seller is, in degrees; null if unknown. */
  position: Position | null
  url: string | null
  /** When it was first listed, as far as the source knows; null if unknown. */
  listedAt: string | null
  /** When the source last saw it; null if the source lists only what is online now. */
  seenAt: string | null
}

/** A place on Earth, in degrees: north and east are positive. */
export type Position = { latitude: number; longitude: number }

/** A listing with an asking price. */
export type Comparable = Listing & { cents: number }

/**
 * The car that others are compared with. `miles` is null if unknown; then no car is excluded by
 * mileage.
 */
export type Subject = {
  vin: string
  year: number
  make: string
  model: string
  trim: string | null
  drivetrain: string | null
  engine: string | null
  isNew: boolean
  miles: number | null
  branded: boolean
}

/** Whether a condition such as `New` means a new car; null for an empty one. */
export function isNewCondition(condition: string | null | undefined): boolean | null {
  const words = condition?.trim() ?? ''
  return words === '' ? null : /^(brand[ -])?new\b/i.test(words)
}

/**
 * Whether two names of a make or model are the same: `F-150` is `f150`, `Mercedes-Benz` is
 * `MERCEDES BENZ`. Two empty names are not the same.
 */
export function isSameName(one: string, other: string): boolean {
  return normalizeName(one) !== '' && normalizeName(one) === normalizeName(other)
}

/** Normalizes a name: lower case without spaces and punctuation. */
export const normalizeName = (name: string): string =>
  name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
