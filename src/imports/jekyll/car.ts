import type { LotStatus } from '../../domain/lot-status.ts'

/** Every column of the inventory that a site file can fill, by the name the API gives it. */
export interface CarFields {
  status: LotStatus
  featured: boolean
  year: number
  make: string
  model: string
  trim: string
  /** As `parseVin` normalizes it; a chassis number where a car has no VIN. */
  vin: string
  stockNumber: string
  /** US dollars with at most two decimals, as the API speaks of money; never 0. */
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
  /** The markdown under the front matter, as text. */
  description: string
  features: readonly string[]
  /**
   * http(s) addresses, and paths of the dealership's own site such as `/assets/images/front.jpg`.
   * The primary one is first.
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

/** The name of a column, as in the API. */
export type Field = keyof CarFields

/**
 * What has been read of a car so far. A field that is absent was not said, and is left alone in the
 * inventory.
 */
export type Draft = Partial<CarFields>

/** Without these there is no car. */
export const REQUIRED_FIELDS = [
  'year',
  'make',
  'model',
  'vin',
  'price',
  'mileage',
] as const satisfies readonly Field[]

/** A car as one file tells it: complete enough to be created. */
export type Car = Draft & Pick<CarFields, (typeof REQUIRED_FIELDS)[number]>

/** The car, if the draft has all it takes. */
export function completeCar(draft: Draft): Car | null {
  const { year, make, model, vin, price, mileage } = draft
  if (year === undefined || make === undefined || model === undefined) return null
  if (vin === undefined || price === undefined || mileage === undefined) return null
  return { ...draft, year, make, model, vin, price, mileage }
}

/**
 * One reason why a file is not taken. `key` is the front matter key as the file writes it, or
 * `file` when it is about the file as a whole; `value` is what stands there, shortened, and empty
 * when nothing does. `reason` is a whole sentence that names key and value and says the way out.
 */
export type Refusal = { key: string; value: string; reason: string }

/**
 * Something in an accepted file that was not kept to the letter. `message` is a whole sentence that
 * names key and value.
 */
export type Note = { key: string; message: string }
