import { parseUrl } from '../../domain/parse-url.ts'
import { dollars, miles, whole } from '../lot/figures.ts'
import { isRecord } from './record.ts'

/** One column of the table: what it is called and what it says of a car, null where the car says nothing of it. */
export type Column = { label: string; figure?: true; of: (car: Listing) => string | null }

/** A car that is for sale elsewhere, as the market analysis kept it. */
export type Listing = Record<string, unknown>

const said = (car: Listing, ...names: string[]) => names.map((name) => car[name]).find(isSaid) ?? null
const isSaid = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')

const text = (label: string, ...names: string[]): Column => ({
  label,
  of: (car) => {
    const value = said(car, ...names)
    return value === null ? null : String(value)
  },
})
const figure = (label: string, words: (value: number) => string, ...names: string[]): Column => ({
  label,
  figure: true,
  of: (car) => {
    const value = said(car, ...names)
    return typeof value === 'number' ? words(value) : value
  },
})

/** What the table may show, in its order. */
const COLUMNS: readonly Column[] = [
  { label: 'Car', of: nameOf },
  figure('Price', dollars, 'price'),
  figure('Mileage', miles, 'mileage', 'miles'),
  figure('Distance', (value) => `${whole(value)} mi away`, 'distance', 'distanceMiles'),
  text('Dealer', 'dealer', 'dealerName'),
  text('VIN', 'vin'),
]

/** The cars of a list where all of its entries say at least a price, or a make and a model; null for anything else. */
export function listingsOf(value: unknown): Listing[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const listings = value.filter(isRecord)
  const known = (car: Listing) => isSaid(car['price']) || (isSaid(car['make']) && isSaid(car['model']))
  return listings.length === value.length && listings.every(known) ? listings : null
}

/** The columns that at least one of the cars has something for. */
export function columnsOf(listings: readonly Listing[]): Column[] {
  return COLUMNS.filter(({ of }) => listings.some((car) => of(car) !== null))
}

/** Where the car is advertised; null where that is no web address: a `javascript:` is none. */
export function addressOf(car: Listing): string | null {
  const value = said(car, 'url', 'listingUrl', 'vdp')
  const url = typeof value === 'string' ? parseUrl(value) : null
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}

function nameOf(car: Listing): string | null {
  const parts = ['year', 'make', 'model', 'trim'].map((name) => car[name]).filter(isSaid)
  return parts.length > 0 ? parts.join(' ') : null
}
