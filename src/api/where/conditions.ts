import type { Where } from 'payload'
import type { Filter } from './filters.ts'

/** One condition on a column, as Payload's database adapter takes it. */
export const buildComparison = ({ path }: Filter, operator: string, value: unknown): Where => ({
  [path]: { [operator]: value },
})

/** Several conditions as one; undefined when there are none. */
export function joinConditions(
  word: 'and' | 'or',
  conditions: readonly Where[],
): Where | undefined {
  return conditions.length > 1 ? { [word]: [...conditions] } : conditions[0]
}

/**
 * Finds rows without a value. An empty text, such as the VIN of a copy of a car, is not a value.
 */
export const matchEmpty = (filter: Filter): Where =>
  hasText(filter)
    ? { or: [buildComparison(filter, 'exists', false), buildComparison(filter, 'equals', '')] }
    : buildComparison(filter, 'exists', false)

/** Finds rows with a value. */
export const matchFilled = (filter: Filter): Where =>
  hasText(filter)
    ? { and: [buildComparison(filter, 'exists', true), buildComparison(filter, 'not_equals', '')] }
    : buildComparison(filter, 'exists', true)

/**
 * Finds no row. A condition on the column itself, so that the database adapter checks whether the
 * caller may read it.
 */
export const matchNone = (filter: Filter): Where => ({
  and: [buildComparison(filter, 'exists', true), buildComparison(filter, 'exists', false)],
})

/** Finds every row, with the same check. */
export const matchAll = (filter: Filter): Where => ({
  or: [buildComparison(filter, 'exists', true), buildComparison(filter, 'exists', false)],
})

/**
 * Compares a column of instants with millisecond precision, which is what the API returns: the
 * database stores microseconds where it fills in the time. `values` are one or more ISO 8601 texts.
 * Uses ranges, so that an index helps.
 */
export function buildInstantComparison(
  filter: Filter,
  operator: string,
  values: readonly string[],
): Where {
  const [value = ''] = values
  switch (operator) {
    case 'greater_than':
      return buildComparison(filter, 'greater_than_equal', addMillisecond(value))
    case 'less_than_equal':
      return buildComparison(filter, 'less_than', addMillisecond(value))
    case 'equals':
    case 'in':
      return { or: values.map((one) => matchWithin(filter, one)) }
    case 'not_equals':
    case 'not_in':
      return { or: [matchEmpty(filter), { and: values.map((one) => matchOutside(filter, one)) }] }
    default:
      return buildComparison(filter, operator, value)
  }
}

const matchWithin = (filter: Filter, value: string): Where => ({
  and: [
    buildComparison(filter, 'greater_than_equal', value),
    buildComparison(filter, 'less_than', addMillisecond(value)),
  ],
})
const matchOutside = (filter: Filter, value: string): Where => ({
  or: [
    buildComparison(filter, 'less_than', value),
    buildComparison(filter, 'greater_than_equal', addMillisecond(value)),
  ],
})
const addMillisecond = (instant: string) => new Date(Date.parse(instant) + 1).toISOString()

const hasText = ({ kind }: Filter) => kind === 'line' || kind === 'lines'
