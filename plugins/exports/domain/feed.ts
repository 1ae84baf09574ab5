import type { LotStatus } from '../../../src/domain/lot-status.ts'
import type { FeedCar } from './feed-car.ts'
import type { FeedName } from './feed-names.ts'

/** The facts of the dealership that feeds contain; null where nothing was entered. */
export type FeedDealership = {
  name: string | null
  phone: string | null
  email: string | null
  street: string | null
  city: string | null
  state: string | null
  postalCode: string | null
  /** In degrees. */
  latitude: number | null
  /** In degrees. */
  longitude: number | null
  websiteUrl: string | null
  carUrlTemplate: string | null
}

/** What a feed contains besides its cars. */
export type FeedContext = {
  dealership: FeedDealership
  /** Our number at the receiver. */
  dealerId: string | null
  /** ISO 4217. */
  currency: string
  /** Of the dealership, whose days the feed contains: an IANA name. */
  timeZone: string
  now: Date
}

/** A value of a feed before its format makes it safe; a list is written as the format does. */
export type Cell = string | number | boolean | null | readonly string[]

/** How XML writes a column. */
export type XmlShape = {
  attributes?: (context: FeedContext) => Record<string, string>
  /** The element of each entry of a list. Without a wrapper, the entries repeat the column. */
  item?: string
  /** Whether entries are numbered, from 1, in their attribute `sequence`. */
  numbered?: boolean
}

/** One column of a feed, or one element of a car in XML. */
export type FeedColumn = {
  name: string
  read: (car: FeedCar, context: FeedContext) => Cell
  /** The maximum length in characters; longer texts are cut. */
  max?: number
  /** Whether it contains HTML; others are plain text. */
  html?: true
  /** For a column that may not be empty: what to enter. */
  required?: string
  /** The fact without which no car has a value; then that is a problem of the feed. */
  fact?: keyof typeof DEALER_FACTS
  xml?: XmlShape
}

/** What a receiver does with a car that breaks a rule: it refuses it, or lists it all the same. */
export type Strictness = 'refuse' | 'warn' | 'ignore'

/** What a receiver demands of a car. */
export type FeedRules = {
  brandedTitle: Strictness
  /** The number of photos; placeholders do not count. */
  minPhotos: number
  fewPhotos: Strictness
  /** The odometer reading in miles that a car must exceed. */
  minMiles: number
  /** Numbers that are not the VIN of the car: a wrong check digit, another year. */
  wrongVin: Strictness
  /** Prices and readings that look like typing errors. */
  implausible: Strictness
}

/** One kind of file: the elements around the cars, or the line of names. */
export type FeedFormat =
  | { kind: 'csv'; header: boolean; lineBreak: string }
  | { kind: 'xml'; layout: XmlLayout }
  | { kind: 'folder' }

/** The elements around the cars. */
export type XmlLayout = {
  root: string
  attributes?: Record<string, string>
  head: (context: FeedContext) => readonly FeedElement[]
  /** The element around all cars; null if they are in the root. */
  list: string | null
  car: string
}

/** An element with a text, or with other elements. Without a text, it is left out. */
export type FeedElement = {
  name: string
  content: string | null | readonly FeedElement[]
}

/** Facts that a feed can demand of the dealership, with the labels of our forms. */
export const DEALER_FACTS = {
  name: 'Name',
  phone: 'Phone',
  street: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'ZIP code',
  latitude: 'Latitude',
  longitude: 'Longitude',
  carUrlTemplate: 'Address of a car’s page',
} as const satisfies Partial<Record<keyof FeedDealership, string>>

/** One feed: which cars it takes, what it writes about them, and what its receiver demands. */
export type Feed = {
  name: FeedName
  contentType: string
  /** The name at the receiver; `day` is YYYY-MM-DD. */
  buildFileName: (facts: { dealerId: string | null; day: string }) => string
  format: FeedFormat
  statuses: readonly LotStatus[]
  /** For how many days a sold car stays in it, as sold; 0 if it leaves at once. */
  soldDays: number
  columns: readonly FeedColumn[]
  rules: FeedRules
  facts: readonly (keyof typeof DEALER_FACTS)[]
  /** Whether the receiver needs our number. */
  needsDealerId: boolean
}
