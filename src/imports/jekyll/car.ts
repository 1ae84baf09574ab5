import type { LotStatus } from '../../domain/lot-status.ts'

/** Every column of the inventory that a site file can fill, by its API name. */
export interface CarFields {
  status: LotStatus
  featured: boolean
  year: number
  make: string
  model: string
  trim: string
  /** As `parseVin` normalizes it; a chassis number if the car has no VIN. */
  vin: string
  stockNumber: string
  /** A decimal in the currency of the lot, as in the API; never 0. */
  price: number
  msrp: number
  /** Miles, never 0. */
  mileage: number
  exteriorColor: string
  interiorColor: string
  transmission: string
  engine: string
  fuelType: string
  drivetrain: string
  bodyStyle: string
  doors: number
  mpgCity: number
  mpgHighway: number
  /** The Markdown after the front matter, as text. */
  description: string
  features: readonly string[]
  /**
   * http(s) addresses, and paths on the dealership's own site such as `/assets/images/front.jpg`.
   * The primary image is first.
   */
  images: readonly string[]
  thumbnail: string
  condition: string
  titleStatus: string
  owners: number
  accidents: number
  serviceRecords: boolean
  warranty: string
  carfaxUrl: string
  autocheckUrl: string
  /** ISO 8601 in UTC. */
  listedAt: string
}

/** The API name of a column. */
export type Field = keyof CarFields

/**
 * The columns of a car that were parsed so far. An absent column is not in the file and is not
 * changed in the inventory.
 */
export type Draft = Partial<CarFields>

/** The columns that every car must have. */
export const REQUIRED_FIELDS = [
  'year',
  'make',
  'model',
  'vin',
  'price',
  'mileage',
] as const satisfies readonly Field[]

/** A car from one file, with everything that is required to create it. */
export type Car = Draft & Pick<CarFields, (typeof REQUIRED_FIELDS)[number]>

/** Returns the draft as a car; null if a required column is missing. */
export function completeCar(draft: Draft): Car | null {
  const { year, make, model, vin, price, mileage } = draft
  if (year === undefined || make === undefined || model === undefined) return null
  if (vin === undefined || price === undefined || mileage === undefined) return null
  return { ...draft, year, make, model, vin, price, mileage }
}

/**
 * One reason why a file is refused. `key` is the front matter key as the file writes it, or `file`
 * if the whole file is concerned; `value` is the value, shortened, and empty if there is none.
 * `reason` is a whole sentence that names key and value and describes the way out.
 */
export type Refusal = {
  key: string
  value: string
  reason: string
}

/**
 * A difference between an accepted file and what was stored. `message` is a whole sentence that
 * names key and value.
 */
export type Note = { key: string; message: string }
