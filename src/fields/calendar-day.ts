import type { TextField, TextFieldSingleValidation } from 'payload'
import { isCalendarDay } from '../domain/calendar.ts'
import { type FieldOptions, buildFieldBase } from './column.ts'

type DayOptions = FieldOptions & { validate?: TextFieldSingleValidation }

/** A day without a time or a zone: DATE, `YYYY-MM-DD` in the API. Its name ends in `Date`. */
export function calendarDay(
  name: `${string}Date`,
  { validate, ...options }: DayOptions = {},
): TextField {
  const check: TextFieldSingleValidation = (value, about) => {
    if (value === null || value === undefined || value === '')
      return about.required ? 'is required' : true
    if (!isCalendarDay(value))
      return `must be a date such as 2026-03-31, not ${String(JSON.stringify(value)).slice(0, 40)}`
    return validate?.(value, about) ?? true
  }
  const admin = {
    components: {
      Field: '/src/admin/fields/day-field.tsx#DayField',
      Cell: '/src/admin/garage/figure-cells.tsx#DayCell',
    },
    ...options.admin,
  }
  const base = buildFieldBase(name, { ...options, admin }, { type: { kind: 'date' } })
  return {
    type: 'text',
    validate: check,
    hooks: { beforeValidate: [({ value }) => (value === '' ? null : value)] },
    ...base,
  }
}
