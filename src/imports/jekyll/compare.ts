import { isSameSpelling } from '../../domain/car-words.ts'
import { findUploadName } from '../../domain/photo-url.ts'
import type { Car, Draft, Field } from './car.ts'
import type { CarRow } from './inventory-store.ts'

/**
 * The columns in which a car differs from its row, with the values of the file: exactly what an
 * update must write. Columns that are absent from the file are not compared.
 */
export function diffCar(row: CarRow, car: Car): Draft {
  const changed = Object.entries(car).filter(
    ([field, imported]) => !isSameValue(field, row[field as Field], imported),
  )
  return Object.fromEntries(changed)
}

/**
 * Whether a stored value equals the imported one. Instants are compared by time, numbers by value
 * (a decimal may be stored as a text, `14499.00`), lists item by item in order, and uploaded photos
 * regardless of size and host. An empty list equals no list.
 */
export function isSameValue(field: string, stored: unknown, imported: unknown): boolean {
  if (Array.isArray(imported)) return isSameList(stored ?? [], imported)
  if (stored === null || stored === undefined) return false
  if (typeof imported === 'number') return Number(stored) === imported
  if (typeof stored !== 'string' || typeof imported !== 'string') return stored === imported
  return field === 'listedAt'
    ? Date.parse(stored) === Date.parse(imported)
    : isSameText(stored, imported) || isSameSpelling(field, stored, imported)
}

function isSameList(stored: unknown, imported: readonly unknown[]): boolean {
  if (!Array.isArray(stored) || stored.length !== imported.length) return false
  return imported.every((item, index) => isSameText(String(stored[index]), String(item)))
}

/**
 * Compares photos of this server by their stored file: the inventory stores them with one host and
 * uses a small size for the thumbnail, while an exported feed may use other URLs.
 */
function isSameText(stored: string, imported: string): boolean {
  const photo = findUpload(imported)
  return stored === imported || (photo !== null && photo === findUpload(stored))
}

function findUpload(text: string): string | null {
  const url = URL.parse(text)
  return findUploadName(text, url ? [url.origin] : [])
}
