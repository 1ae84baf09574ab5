import { anyOf } from '../../../src/domain/any-of.ts'

/** A car that another seller offers. Money in cents, mileage in miles. */
export type Listing = {
  /** Seventeen characters, normalised; null where the source does not say. */
  vin: string | null
  /** What the source calls this advertisement: one car without a VIN is known by it. */
  key: string
  year: number
  make: string
  model: string
  trim: string | null
  /** The asking price; null if the listing has no price. */
  cents: number | null
  miles: number | null
  /** Whether its title says salvage, rebuilt, flood or the like. */
  branded: boolean
  dealer: string | null
  city: string | null
  state: string | null
  url: string | null
  /** When the source saw it, or had it first; null where it does not say. */
  seenAt: string | null
}

/** A listing with an asking price. */
export type Comparable = Listing & { cents: number }

/**
 * The car that others are compared with. `miles` is null where nobody knows them, and then none are
 * left out for theirs.
 */
export type Subject = {
  vin: string
  year: number
  make: string
  model: string
  miles: number | null
  branded: boolean
}

const BRAND_WORDS = anyOf([
  'salvaged?|rebuilt|rebuildable|reconstructed|branded|title brands?',
  'flood(?:ed)?|water damage|fire damage|hail',
  'junk(?:ed)?|scrap(?:ped)?|dismantled|non-?repairable|total(?:l?ed| loss)',
  'lemon|buy ?-?back|odometer',
])
const BRANDS = new RegExp(String.raw`\b${BRAND_WORDS}\b`, 'i')

/**
 * Whether words about a title, or about a car, say that the title is branded. Nothing said is a
 * clean one.
 */
export function isBrandedTitle(...words: readonly (string | null | undefined)[]): boolean {
  return words.some((word) => BRANDS.test(word ?? ''))
}

/**
 * Whether two names of a make or a model are one: `F-150` is `f150`, `Mercedes-Benz` is `MERCEDES
 * BENZ`. Two empty ones are none.
 */
export function isSameName(one: string, other: string): boolean {
  return normalizeName(one) !== '' && normalizeName(one) === normalizeName(other)
}

/** Normalizes a name: lower case without spaces and punctuation. */
export const normalizeName = (name: string): string =>
  name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
