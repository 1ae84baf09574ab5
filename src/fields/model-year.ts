import type { NumberField } from 'payload'
import type { FieldOptions } from './column.ts'
import { wholeNumber } from './numbers.ts'

/**
 * The model year: INTEGER from 1900 to next year, because dealers sell the next model year early.
 */
export function modelYear(options: FieldOptions = {}): NumberField {
  const notLater = (value: unknown) => {
    const latest = new Date().getUTCFullYear() + 1
    return (
      Number(value) <= latest ||
      `must be ${latest} (the next model year) or earlier, not ${String(value)}`
    )
  }
  return wholeNumber('year', { min: 1900, validate: notLater, ...options, label: 'Model year' })
}
