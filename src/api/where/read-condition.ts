import type { Where } from 'payload'
import { findCharacterProblem, normalizeText, parseText } from '../../domain/input-text.ts'
import {
  quoteValue,
  type ParseResult,
  parseDay,
  parseInstant,
  parseNumber,
  parseBoolean,
} from '../../domain/input-values.ts'
import { isUuid } from '../../fields/uuid.ts'
import {
  buildComparison,
  buildInstantComparison,
  matchAll,
  matchEmpty,
  matchFilled,
  joinConditions,
  matchNone,
} from './conditions.ts'
import type { Filter, ColumnKind } from './filters.ts'

const EQUAL = ['equals', 'not_equals', 'in', 'not_in', 'exists'] as const
const ORDER = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal'] as const

/** The operators that search for words in a text. */
export const PATTERN_OPERATORS: readonly string[] = ['like', 'not_like', 'contains']

const TEXT = [...EQUAL, ...ORDER, ...PATTERN_OPERATORS]

/** The operators that each kind of column can be filtered with. */
export const OPERATORS: Readonly<Record<ColumnKind, readonly string[]>> = {
  line: TEXT,
  lines: TEXT,
  choice: [...EQUAL, ...PATTERN_OPERATORS],
  number: [...EQUAL, ...ORDER],
  whole: [...EQUAL, ...ORDER],
  big: [...EQUAL, ...ORDER],
  instant: [...EQUAL, ...ORDER],
  day: [...EQUAL, ...ORDER],
  uuid: EQUAL,
  checkbox: EQUAL,
  list: ['contains', 'in', 'equals', 'exists'],
  json: ['exists'],
}

type Condition = Where | { problem: string }
type Values = readonly unknown[]

const MAX_INTEGER = 2 ** 31 - 1

/**
 * One condition in the form of Payload's database adapter, with the value as the column stores it,
 * or the reason why rows cannot be filtered by it. A filter takes exactly the values that a write
 * takes. `null`, the text `null` and a blank text mean "no value"; negative operators include rows
 * without a value. `%`, `_` and `\` in a search text are literal.
 */
export function readCondition(filter: Filter, operator: string, value: unknown): Condition {
  const allowed = filter.isReference ? EQUAL : OPERATORS[filter.kind]
  if (!allowed.includes(operator))
    return {
      problem: `cannot be filtered with "${operator}"; the operators are ${allowed.join(', ')}`,
    }
  if (PATTERN_OPERATORS.includes(operator)) return readPattern(filter, operator, value)
  if (operator === 'exists') return readExists(filter, value)
  if (operator === 'in' || operator === 'not_in')
    return readList(filter, operator, listEntries(value))
  if (filter.kind === 'list') return readWholeList(filter, value)
  return readComparison(filter, operator, value)
}

/** The entries of a list, which a query writes as an array or with commas. */
export function listEntries(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? value.split(',') : [value]
}

/** Whether a value of a query is an empty text, or contains only white space. */
export const isBlank = (value: unknown) => typeof value === 'string' && value.trim() === ''

function readComparison(filter: Filter, operator: string, value: unknown): Condition {
  if (Array.isArray(value))
    return {
      problem: `takes one value with "${operator}", not a list; use in or not_in`,
    }
  if (isNullValue(value)) {
    if (operator === 'equals') return matchEmpty(filter)
    if (operator === 'not_equals') return matchFilled(filter)
    return { problem: `needs a value with "${operator}"` }
  }
  const read = readValue(filter, value)
  if ('problem' in read) return read
  if (filter.kind === 'instant')
    return buildInstantComparison(filter, operator, [String(read.value)])
  if (operator === 'equals') return buildListComparison(filter, 'in', [read.value])
  return operator === 'not_equals'
    ? buildListComparison(filter, 'not_in', [read.value])
    : buildComparison(filter, operator, read.value)
}

function readExists(filter: Filter, value: unknown): Condition {
  const read = parseBoolean(value)
  if ('problem' in read) return read
  return read.value ? matchFilled(filter) : matchEmpty(filter)
}

const NULL_HINT = 'write null to match rows without a value'

/**
 * `not_in` finds every row that `in` does not find. An empty list contains nothing, so `not_in`
 * with it finds every row. A blank entry is refused: it is more likely a stray comma than "no
 * value", which is written as `null` in a list.
 */
function readList(filter: Filter, operator: 'in' | 'not_in', entries: Values): Condition {
  if (entries.some(isBlank))
    return {
      problem: `has an empty entry in the list for "${operator}"; ${NULL_HINT}`,
    }
  const nothing = entries.some(isNullValue)
  const values: unknown[] = []
  for (const entry of entries.filter((one) => !isNullValue(one))) {
    const read = readValue(filter, entry)
    if ('problem' in read) return read
    values.push(read.value)
  }
  if (operator === 'in') {
    const found = values.length > 0 ? [buildListComparison(filter, 'in', values)] : []
    return (
      joinConditions('or', nothing ? [...found, matchEmpty(filter)] : found) ?? matchNone(filter)
    )
  }
  if (values.length === 0) return nothing ? matchFilled(filter) : matchAll(filter)
  const others = buildListComparison(filter, 'not_in', values)
  return nothing ? { and: [matchFilled(filter), others] } : others
}

/**
 * Finds the rows with one of several values, or all others, which include those without a value.
 */
function buildListComparison(filter: Filter, operator: 'in' | 'not_in', values: Values): Where {
  if (filter.kind === 'instant') return buildInstantComparison(filter, operator, values.map(String))
  const [value, ...more] = values.flatMap((one) => findSpellings(filter, one))
  if (more.length === 0 && filter.kind !== 'list')
    return buildComparison(filter, operator === 'in' ? 'equals' : 'not_equals', value)
  const found = buildComparison(filter, operator, [value, ...more])
  return operator === 'in' ? found : { or: [buildComparison(filter, 'exists', false), found] }
}

/**
 * A value in its original spelling and, if a write normalizes the texts of the column, in its
 * stored form.
 */
function findSpellings({ normalize }: Filter, value: unknown): unknown[] {
  return normalize && typeof value === 'string' ? [...new Set([value, normalize(value)])] : [value]
}

/** A list of texts as a whole: the same entries in the same order. */
function readWholeList(filter: Filter, value: unknown): Condition {
  if (isNullValue(value)) return matchEmpty(filter)
  if (!Array.isArray(value)) return { problem: `takes a list of strings, not ${quoteValue(value)}` }
  const entries: string[] = []
  for (const entry of value) {
    const read = parseText(entry, 'line')
    if ('problem' in read) return read
    entries.push(read.value)
  }
  return buildComparison(filter, 'equals', entries)
}

/**
 * `like` finds texts with every one of the words, `contains` those with the whole text, in upper or
 * lower case.
 */
function readPattern(filter: Filter, operator: string, value: unknown): Condition {
  if (typeof value !== 'string')
    return { problem: `takes text to search for, not ${quoteValue(value)}` }
  const problem = findCharacterProblem(value, 'lines')
  if (problem) return { problem }
  const text = normalizeText(value)
  if (filter.kind === 'list') return buildComparison(filter, 'contains', text.trim())
  if (operator === 'contains') return buildComparison(filter, 'contains', escapePattern(text))
  const words = escapePattern(text).trim().split(/\s+/)
  if (operator === 'like') return buildComparison(filter, 'like', words.join(' '))
  return {
    or: [
      matchEmpty(filter),
      ...words.map((word) => buildComparison(filter, 'not_like', `%${word}%`)),
    ],
  }
}

/** The value of a column of a kind, in its stored form. */
function readValue({ kind, options = [] }: Filter, value: unknown): ParseResult<unknown> {
  switch (kind) {
    case 'line':
    case 'lines':
      return parseText(value, kind)
    case 'list':
      return parseText(value, 'line')
    case 'choice':
      return typeof value === 'string' && options.includes(value)
        ? { value }
        : { problem: `must be one of ${options.join(', ')}, not ${quoteValue(value)}` }
    case 'number':
    case 'whole':
    case 'big':
      return readColumnNumber(kind, value)
    case 'instant': {
      const read = parseInstant(value)
      return 'problem' in read ? read : { value: read.value.toISOString() }
    }
    case 'day':
      return parseDay(value)
    case 'checkbox':
      return parseBoolean(value)
    case 'uuid':
      return isUuid(value)
        ? { value: value.toLowerCase() }
        : { problem: `takes the ID of a row, not ${quoteValue(value)}` }
    case 'json':
      return { problem: 'cannot be compared' }
  }
}

function readColumnNumber(kind: 'number' | 'whole' | 'big', value: unknown): ParseResult<number> {
  const read = parseNumber(value)
  if ('problem' in read || kind === 'number') return read
  if (
    kind === 'big'
      ? Number.isSafeInteger(read.value)
      : Number.isInteger(read.value) && Math.abs(read.value) <= MAX_INTEGER
  )
    return read
  return {
    problem:
      `must be a whole number${kind === 'whole' ? ` up to ${MAX_INTEGER}` : ''}, not ` +
      `${quoteValue(value)}`,
  }
}

/**
 * The panel's search field compares its text with all columns that a list shows, and Payload sends
 * this as `like`. A text that cannot be an ID or a number finds no row; an error would hide the
 * whole list.
 */
export function readPanelSearch(filter: Filter, text: unknown): Where {
  const read = filter.kind === 'json' ? { problem: '' } : readValue(filter, text)
  return 'problem' in read
    ? matchNone(filter)
    : buildComparison(filter, filter.kind === 'list' ? 'contains' : 'equals', read.value)
}

/** Whether a value of a query stands for "no value". */
const isNullValue = (value: unknown) =>
  value === null || isBlank(value) || (typeof value === 'string' && value.trim() === 'null')

/** A text as a LIKE pattern that finds the text itself. */
const escapePattern = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)
