import type { ColumnKind } from '../../src/api/where/filters.ts'

/**
 * Values that a column of a kind cannot hold: a filter by one is refused in every operator. Text,
 * as an address has them.
 */
export const MALFORMED: Readonly<Record<ColumnKind, readonly string[]>> = {
  line: ['a\u0007b', 'a\u0000b', 'a\nb', 'a\tb', 'a\u2028b', 'a\u0085b'],
  lines: ['a\u0007b', 'a\u0000b', 'a\u009fb'],
  choice: ['no such option', 'undefined', 'Available', '%'],
  number: [
    '28,900',
    '62k',
    '1e5',
    '0x10',
    ' 5',
    '5 ',
    'NaN',
    'Infinity',
    'true',
    'undefined',
    '٣',
    '123456789012345678',
  ],
  whole: [
    '28,900',
    '62k',
    '1e2',
    '2.5',
    '7893946004064',
    '-2147483649',
    'undefined',
    '[object Object]',
  ],
  big: ['28,900', '3 GB', '2.5', '9007199254740993', 'undefined'],
  instant: [
    '2026-03-31',
    '11/20/2026',
    '2026-02-30T00:00:00Z',
    '2026-03-31T12:00:00',
    '+012026-01-01T00:00:00Z',
    '0',
    'undefined',
  ],
  day: ['2026-02-30', '11/20/2026', '2026-03-31T00:00:00Z', '20260331', '0001-01-01', 'undefined'],
  uuid: [
    'undefined',
    'x',
    '0',
    '[object Object]',
    '%',
    '00000000-0000-4000-8000-00000000000',
    '{}',
  ],
  checkbox: ['1', '0', 'yes', 'True', 'undefined', 't'],
  list: ['a\u0007b', 'a\nb'],
  json: [],
}

/** Values that a column of a kind can hold and that most rows do not have. */
export const ABSENT: Readonly<Record<ColumnKind, readonly string[]>> = {
  line: ['%', '_', '\\', '100%', 'no such word', "o'neil", '日本', 'e\u0301clair', '  Honda '],
  lines: ['%', '_', '\\', 'e\u0301clair', 'no such word'],
  choice: [],
  number: ['0', '-1.5', '007', '99999999.99'],
  whole: ['0', '-1', '2147483647', '2021'],
  big: ['0', '3000000000', '9007199254740991'],
  instant: [
    '2026-03-01T10:00:00.000Z',
    '2026-03-01T12:00:00+02:00',
    '1900-01-01T00:00:00Z',
    '2999-12-31T23:59:59Z',
  ],
  day: ['2026-02-01', '1900-01-01', '2999-12-31'],
  uuid: ['00000000-0000-4000-8000-000000000000'],
  checkbox: ['true', 'false'],
  list: ['%', 'no such word', 'Sunroof', 'e\u0301clair'],
  json: [],
}

/** What `exists` does not take. */
export const MALFORMED_CHOICES = ['1', '0', 'yes', 'True', 'null', 'undefined', '']

/** The type that PostgreSQL compares a value of a kind as. */
export const SQL_TYPE: Readonly<Record<ColumnKind, string>> = {
  line: 'text',
  lines: 'text',
  choice: 'text',
  number: 'numeric',
  whole: 'bigint',
  big: 'bigint',
  instant: 'timestamptz',
  day: 'date',
  uuid: 'uuid',
  checkbox: 'boolean',
  list: 'text',
  json: 'text',
}

const COMPARISONS: Readonly<Record<string, string>> = {
  greater_than: '>',
  greater_than_equal: '>=',
  less_than: '<',
  less_than_equal: '<=',
}

/**
 * A text as the product stores it. Written here on its own, so that a fault of the product is not
 * repeated.
 */
const stored = (text: string) => text.normalize('NFC').trim()

/**
 * An operator with values as SQL over the column `c`: the condition, and its parameter. `null`
 * among the values is "no value".
 */
export function buildSqlCondition(
  kind: ColumnKind,
  operator: string,
  values: readonly (string | null)[],
): { sql: string; parameter: unknown } {
  const type = SQL_TYPE[kind]
  const isText = type === 'text'
  const texts = values
    .filter((value) => value !== null)
    .map((value) => (isText ? stored(value) : value))
  const nothing = values.includes(null)
  const [first] = texts
  const found = `coalesce(c = any($1::text[]::${type}[]), false)`
  const isEmpty = kind === 'line' || kind === 'lines' ? `coalesce(c, '') = ''` : 'c is null'
  switch (operator) {
    case 'exists':
      return { sql: `not (${isEmpty}) = $1::boolean`, parameter: first }
    case 'equals':
    case 'in':
      if (kind === 'list')
        return {
          sql: `coalesce(c && $1::text[], false) or (c is null and ${nothing})`,
          parameter: texts,
        }
      return { sql: `${found} or (${isEmpty} and ${nothing})`, parameter: texts }
    case 'not_equals':
    case 'not_in':
      return { sql: `not (${found} or (${isEmpty} and ${nothing}))`, parameter: texts }
    case 'contains':
      if (kind === 'list') return { sql: '$1 = any(c)', parameter: first }
      return { sql: 'strpos(lower(c), lower($1)) > 0', parameter: values[0]?.normalize('NFC') }
    case 'like':
    case 'not_like': {
      const all = `(select bool_and(strpos(lower(c), lower(word)) > 0) from unnest($1::text[]) as word)`
      return {
        sql: `${operator === 'like' ? '' : 'not '}coalesce(${all}, false)`,
        parameter: String(first).split(/\s+/),
      }
    }
    default:
      return { sql: `c ${COMPARISONS[operator] ?? operator} $1::${type}`, parameter: first }
  }
}
