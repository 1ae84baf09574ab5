import { parseUrl } from '../../domain/parse-url.ts'
import { formatDollars, formatMiles, formatInteger } from '../lot/format-figures.ts'
import { isRecord } from './record.ts'

/**
 * One column of the table: what it is called and what it says of a car, null where the car says
 * nothing of it.
 */
export type Column = { label: string; figure?: true; getText: (car: Listing) => string | null }

/** A car that is for sale elsewhere, as the market analysis kept it. */
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

/** What the table may show, in its order. */
const COLUMNS: readonly Column[] = [
  { label: 'Car', getText: formatCarName },
  figure('Price', formatDollars, 'price'),
  figure('Mileage', formatMiles, 'mileage', 'miles'),
  figure('Distance', (value) => `${formatInteger(value)} mi away`, 'distance', 'distanceMiles'),
  buildTextColumn('Dealer', 'dealer', 'dealerName'),
  buildTextColumn('VIN', 'vin'),
]

/**
 * The cars of a list where all of its entries say at least a price, or a make and a model; null for
 * anything else.
 */
export function parseListings(value: unknown): Listing[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const listings = value.filter(isRecord)
  const isIdentified = (car: Listing) =>
    isPrintable(car['price']) || (isPrintable(car['make']) && isPrintable(car['model']))
  return listings.length === value.length && listings.every(isIdentified) ? listings : null
}

/** The columns that at least one of the cars has something for. */
export function selectColumns(listings: readonly Listing[]): Column[] {
  return COLUMNS.filter(({ getText }) => listings.some((car) => getText(car) !== null))
}

/** Where the car is advertised; null where that is no web address: a `javascript:` is none. */
export function findAddress(car: Listing): string | null {
  const value = findValue(car, 'url', 'listingUrl', 'vdp')
  const url = typeof value === 'string' ? parseUrl(value) : null
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}

function formatCarName(car: Listing): string | null {
  const parts = ['year', 'make', 'model', 'trim'].map((name) => car[name]).filter(isPrintable)
  return parts.length > 0 ? parts.join(' ') : null
}
