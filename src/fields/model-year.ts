import type { NumberField } from 'payload'
import type { FieldOptions } from './column.ts'
import { wholeNumber } from './numbers.ts'

/**
 * The model year: INTEGER from 1900 to the next one, which dealers sell months before it begins.
 */
export function modelYear(options: FieldOptions = {}): NumberField {
  const notLater = (value: unknown) => {
    const latest = new Date().getUTCFullYear() + 1
    return (
      Number(value) <= latest ||
      `must be ${latest}, the next model year, or earlier, not ${String(value)}`
    )
  }
  return wholeNumber('year', { min: 1900, validate: notLater, ...options, label: 'Model year' })
}
