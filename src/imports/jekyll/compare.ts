import { parseUrl } from '../../domain/parse-url.ts'
import { findUploadName } from '../../domain/photo-url.ts'
import type { Car, Draft, Field } from './car.ts'
import type { CarRow } from './inventory-store.ts'

/**
 * The columns in which a car on file differs from its row, with the values of the file: what an
 * update has to write, and nothing where it has nothing to do. What the file does not say is left
 * alone.
 */
export function diffCar(row: CarRow, car: Car): Draft {
  const changed = Object.entries(car).filter(
    ([field, imported]) => !isSameValue(field, row[field as Field], imported),
  )
  return Object.fromEntries(changed)
}

/**
 * Whether a stored value is the said one: instants by the instant, numbers by value (a decimal may
 * come as a text, `14499.00`), lists item by item in their order, an uploaded photo in whatever
 * size and under whatever host. An empty list and no list are the same.
 */
export function isSameValue(field: string, stored: unknown, imported: unknown): boolean {
  if (Array.isArray(imported)) return isSameList(stored ?? [], imported)
  if (stored === null || stored === undefined) return false
  if (typeof imported === 'number') return Number(stored) === imported
  if (typeof stored !== 'string' || typeof imported !== 'string') return stored === imported
  return field === 'listedAt'
    ? Date.parse(stored) === Date.parse(imported)
    : isSameText(stored, imported)
}

function isSameList(stored: unknown, imported: readonly unknown[]): boolean {
  if (!Array.isArray(stored) || stored.length !== imported.length) return false
  return imported.every((item, index) => isSameText(String(stored[index]), String(item)))
}

/**
 * The lot keeps its own photos under one address, and the thumbnail as the small size of one: a
 * feed of ours names them otherwise.
 */
function isSameText(stored: string, imported: string): boolean {
  const photo = findUpload(imported)
  return stored === imported || (photo !== null && photo === findUpload(stored))
}

function findUpload(text: string): string | null {
  const url = parseUrl(text)
  return findUploadName(text, url ? [url.origin] : [])
}
