import type { Where } from 'payload'
import type { Filter } from './filters.ts'

/** One condition on a column, as Payload's database adapter takes it. */
export const compare = ({ path }: Filter, operator: string, value: unknown): Where => ({ [path]: { [operator]: value } })

/** Several conditions as one; undefined when there are none. */
export function joinConditions(word: 'and' | 'or', conditions: readonly Where[]): Where | undefined {
  return conditions.length > 1 ? { [word]: [...conditions] } : conditions[0]
}

/** Finds rows without a value. An empty text, such as the VIN of a copy of a car, is not a value. */
export const isEmpty = (filter: Filter): Where =>
  hasText(filter) ? { or: [compare(filter, 'exists', false), compare(filter, 'equals', '')] } : compare(filter, 'exists', false)

/** Finds rows with a value. */
export const isFilled = (filter: Filter): Where =>
  hasText(filter)
    ? { and: [compare(filter, 'exists', true), compare(filter, 'not_equals', '')] }
    : compare(filter, 'exists', true)

/** Finds no row. A condition on the column itself, so that the database adapter checks whether the caller may read it. */
export const noRow = (filter: Filter): Where => ({ and: [compare(filter, 'exists', true), compare(filter, 'exists', false)] })

/** Finds every row, with the same check. */
export const everyRow = (filter: Filter): Where => ({ or: [compare(filter, 'exists', true), compare(filter, 'exists', false)] })

/**
 * Compares a column of instants by the millisecond, which is what the API answers: the database keeps microseconds where it fills in the
 * moment itself. `values` are ISO 8601 texts, one or more. Ranges, so that an index is of use.
 */
export function compareInstants(filter: Filter, operator: string, values: readonly string[]): Where {
  const [value = ''] = values
  switch (operator) {
    case 'greater_than':
      return compare(filter, 'greater_than_equal', addMillisecond(value))
    case 'less_than_equal':
      return compare(filter, 'less_than', addMillisecond(value))
    case 'equals':
    case 'in':
      return { or: values.map((one) => isWithin(filter, one)) }
    case 'not_equals':
    case 'not_in':
      return { or: [isEmpty(filter), { and: values.map((one) => isOutside(filter, one)) }] }
    default:
      return compare(filter, operator, value)
  }
}

const isWithin = (filter: Filter, value: string): Where => ({
  and: [compare(filter, 'greater_than_equal', value), compare(filter, 'less_than', addMillisecond(value))],
})
const isOutside = (filter: Filter, value: string): Where => ({
  or: [compare(filter, 'less_than', value), compare(filter, 'greater_than_equal', addMillisecond(value))],
})
const addMillisecond = (instant: string) => new Date(Date.parse(instant) + 1).toISOString()

const hasText = ({ kind }: Filter) => kind === 'line' || kind === 'lines'
