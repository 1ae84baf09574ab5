import type { FormState } from 'payload'

/** The fields of a car that are computed from others and from the calendar. */
export const COMPUTED_FIGURES = ['daysOnLot', 'margin', 'marketPrice', 'priceToMarket']

/**
 * Whether a row has the values that the form of it was loaded with, except for the fields in
 * `ignored`. Fields of the row that the form does not have are not compared.
 */
export function isAsLoaded(
  row: Readonly<Record<string, unknown>>,
  fields: FormState,
  ignored: readonly string[],
): boolean {
  return Object.entries(row).every(([name, value]) => {
    const field = fields[name]
    return !field || field.rows || ignored.includes(name) || isSame(value, field.initialValue)
  })
}

const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
