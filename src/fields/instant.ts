import type { DateField } from 'payload'
import { type FieldOptions, buildFieldBase } from './column.ts'

/** An instant in UTC: TIMESTAMPTZ, ISO 8601 in the API. Its name ends in `At`. */
export function instant(
  name: `${string}At` | `last${string}` | 'dateTime' | 'expire',
  options: FieldOptions = {},
): DateField {
  const admin = {
    date: { pickerAppearance: 'dayAndTime', displayFormat: 'MMM d, yyyy, h:mm a' },
    ...options.admin,
  }
  return {
    type: 'date',
    ...buildFieldBase(name, { ...options, admin }, { type: { kind: 'timestamptz' } }),
  }
}
