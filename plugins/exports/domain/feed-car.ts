import type { LotStatus } from '../../../src/domain/lot-status.ts'

/** A car as a feed lists it, with the title and the price of this feed. */
export type FeedCar = {
  id: string
  status: LotStatus
  /** Normalized; a chassis number for a car without a VIN, empty if it has neither. */
  vin: string
  stockNumber: string | null
  year: number
  make: string
  model: string
  trim: string | null
  bodyStyle: string | null
  doors: number | null
  exteriorColor: string | null
  interiorColor: string | null
  engine: string | null
  transmission: string | null
  fuelType: string | null
  drivetrain: string | null
  /** In miles. */
  mileage: number
  mpgCity: number | null
  mpgHighway: number | null
  condition: string | null
  titleStatus: string | null
  /** Previous owners. */
  owners: number | null
  accidents: number | null
  serviceRecords: boolean | null
  warranty: string | null
  carfaxUrl: string | null
  autocheckUrl: string | null
  /** As it was entered: it may contain HTML or Markdown. */
  description: string | null
  features: readonly string[]
  /** Absolute addresses without placeholders; the first has the banner where a feed wants it. */
  photos: readonly string[]
  /** As they are stored, with paths of the dealership's site. */
  storedPhotos: readonly string[]
  /** Whether the first photo is the one that stands for the car. */
  isThumbnailFirst: boolean
  /** The address of the first photo with its banner, where the feed wants it. */
  banner: string | null
  title: string
  /** The title that was entered for this feed; null if it is made of the facts. */
  enteredTitle: string | null
  /** In cents. */
  price: number
  /** In cents. */
  msrp: number | null
  featured: boolean
  /** The address of its page; null without a template in the facts of the dealership. */
  url: string | null
  listedAt: Date | null
  soldAt: Date | null
  updatedAt: Date
  /** Short text about the car where a feed wants it: `One owner · Clean title`. */
  highlight: string | null
  /** Whether staff took the car out of this feed. */
  isExcluded: boolean
  /** Whether another car of the lot has the same number. */
  isDuplicate: boolean
  /** Whether the last eight characters of its number are those of another car of the lot. */
  sharesVinEnd: boolean
}
