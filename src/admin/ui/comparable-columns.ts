import { formatMiles, formatInteger } from './format-figures.ts'
import { isRecord } from './record.ts'

/** One column of the table: its label, and its text for a car, or null if the car has none. */
export type Column = {
  label: string
  figure?: true
  getText: (car: Listing) => string | null
}

/** A comparable car, as stored by the market analysis. */
export type Listing = Record<string, unknown>

const findValue = (car: Listing, ...names: string[]) =>
  names.map((name) => car[name]).find(isPrintable) ?? null
const isPrintable = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')

const buildTextColumn = (label: string, ...names: string[]): Column => ({
  label,
  getText: (car) => {
    const value = findValue(car, ...names)
    return value === null ? null : String(value)
  },
})
const figure = (label: string, words: (value: number) => string, ...names: string[]): Column => ({
  label,
  figure: true,
  getText: (car) => {
    const value = findValue(car, ...names)
    return typeof value === 'number' ? words(value) : value
  },
})

/** All possible columns, in order. */
const buildColumns = (formatPrice: (price: number) => string): Column[] => [
  { label: 'Car', getText: formatCarName },
  figure('Price', formatPrice, 'price'),
  figure('Mileage', formatMiles, 'mileage', 'miles'),
  figure('Distance', (value) => `${formatInteger(value)} mi away`, 'distance', 'distanceMiles'),
  buildTextColumn('Dealer', 'dealer', 'dealerName'),
  buildTextColumn('VIN', 'vin'),
]

/** The cars of a list if every entry has a price, or a make and a model; null otherwise. */
export function parseListings(value: unknown): Listing[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const listings = value.filter(isRecord)
  const isIdentified = (car: Listing) =>
    isPrintable(car['price']) || (isPrintable(car['make']) && isPrintable(car['model']))
  return listings.length === value.length && listings.every(isIdentified) ? listings : null
}

/** The columns that have a value for at least one car. */
export function selectColumns(
  listings: readonly Listing[],
  formatPrice: (price: number) => string,
): Column[] {
  const columns = buildColumns(formatPrice)
  return columns.filter(({ getText }) => listings.some((car) => getText(car) !== null))
}

/** The URL of the listing; null if it is not an http(s) URL, such as `javascript:`. */
export function findAddress(car: Listing): string | null {
  const value = findValue(car, 'url', 'listingUrl', 'vdp')
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}

function formatCarName(car: Listing): string | null {
  const parts = ['year', 'make', 'model', 'trim'].map((name) => car[name]).filter(isPrintable)
  return parts.length > 0 ? parts.join(' ') : null
}
