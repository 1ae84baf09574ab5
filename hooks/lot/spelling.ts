import type { CollectionBeforeValidateHook } from 'payload'
import { findListedNames } from '../../src/catalog/list-choices.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { CAR_SPELLINGS } from '../../src/domain/car-words.ts'

/**
 * Spells the make, model, body, fuel, drivetrain and transmission of a car as the catalog does, or
 * the lists of the lot where the catalog has none: `honda` becomes `Honda`. Unknown text stays as
 * entered.
 */
export const normalizeSpelling: CollectionBeforeValidateHook = async ({
  data,
  originalDoc,
  req,
}) => {
  if (!data) return data
  for (const [field, spell] of Object.entries(CAR_SPELLINGS))
    if (typeof data[field] === 'string') data[field] = spell(data[field])
  const car = { ...originalDoc, ...data }
  const isNamed = ['year', 'make', 'model'].some((field) => data[field] !== undefined)
  if (!isNamed || !isCatalogYear(car.year) || typeof car.make !== 'string') return data
  const model = typeof car.model === 'string' ? car.model : null
  const listed = await findListedNames(getTransaction(req).db, {
    year: car.year,
    make: car.make,
    model,
  })
  if (typeof data['make'] === 'string') data['make'] = listed.make ?? data['make']
  if (typeof data['model'] === 'string') data['model'] = listed.model ?? data['model']
  return data
}

/** Whether a value can be compared with the years of the catalog; the field refuses others. */
const isCatalogYear = (year: unknown): year is number =>
  Number.isInteger(year) && Number(year) > 0 && Number(year) < 10_000
