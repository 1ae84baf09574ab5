import { parseUrl } from '../../domain/parse-url.ts'
import { uploadedName } from '../../domain/photo-url.ts'
import type { Car, Draft, Field } from './car.ts'
import type { CarRow } from './inventory-store.ts'

/**
 * The columns in which a car on file differs from its row, with the values of the file: what an update has to write, and nothing
 * where it has nothing to do. What the file does not say is left alone.
 */
export function changesBetween(row: CarRow, car: Car): Draft {
  const changed = Object.entries(car).filter(([field, said]) => !sameValue(field, row[field as Field], said))
  return Object.fromEntries(changed)
}

/**
 * Whether a stored value is the said one: instants by the instant, numbers by value (a decimal may come as a text, `14499.00`),
 * lists item by item in their order, an uploaded photo in whatever size and under whatever host. An empty list and no list are the
 * same.
 */
export function sameValue(field: string, stored: unknown, said: unknown): boolean {
  if (Array.isArray(said)) return sameList(stored ?? [], said)
  if (stored === null || stored === undefined) return false
  if (typeof said === 'number') return Number(stored) === said
  if (typeof stored !== 'string' || typeof said !== 'string') return stored === said
  return field === 'listedAt' ? Date.parse(stored) === Date.parse(said) : sameText(stored, said)
}

function sameList(stored: unknown, said: readonly unknown[]): boolean {
  if (!Array.isArray(stored) || stored.length !== said.length) return false
  return said.every((item, index) => sameText(String(stored[index]), String(item)))
}

/** The lot keeps its own photos under one address, and the thumbnail as the small size of one: a feed of ours names them otherwise. */
function sameText(stored: string, said: string): boolean {
  const photo = uploadOf(said)
  return stored === said || (photo !== null && photo === uploadOf(stored))
}

function uploadOf(text: string): string | null {
  const url = parseUrl(text)
  return uploadedName(text, url ? [url.origin] : [])
}
