import type { LotStatus } from '../../../src/domain/lot-status.ts'

/** One car in a generated file: what two files are compared by. */
export type ListedCar = {
  carId: string
  vin: string
  /** In cents. */
  price: number
  status: LotStatus
}

/** What a generated file contains, known when its stream has ended. */
export type FeedContents = {
  listed: readonly ListedCar[]
  /** The number of cars that were left out; the feed's check names each with its reason. */
  leftOut: number
}

/** One file of a feed that is a folder: the path is relative and safe. */
export type FolderEntry = {
  path: string
  text: string
}
