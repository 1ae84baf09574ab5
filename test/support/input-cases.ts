/** What a field holds, as far as it decides which written values it takes. */
export type Kind =
  | 'number'
  | 'instant'
  | 'day'
  | 'checkbox'
  | 'line'
  | 'lines'
  | 'list'
  | 'json'
  | 'reference'
  | 'choice'

/**
 * A value that somebody writes to a field: as JSON, or in a body that is not UTF-8 or names another
 * charset. `stored` is what the column holds afterwards, by kind; a kind that is not in it refuses
 * the value, and one in `untried` is not asked.
 */
export type InputCase = {
  name: string
  value: unknown
  stored: Partial<Record<Kind, unknown>>
  untried?: readonly Kind[]
  contentType?: string
  latin1?: boolean
}

const describeValue = (value: unknown) => String(JSON.stringify(value)).slice(0, 60)

/** A text that every text column stores, composed and trimmed; JSON keeps it as it is. */
const textCase = (value: string, stored = value): InputCase => ({
  name: describeValue(value),
  value,
  stored: { line: stored, lines: stored, list: stored, json: value },
})

/** A value that nothing stores but JSON, and what is in `stored`. */
const otherCase = (value: unknown, stored: InputCase['stored'] = {}): InputCase => ({
  name: describeValue(value),
  value,
  stored: { json: value, ...stored },
})

/** A value that nothing stores. */
const refusedCase = (value: string): InputCase => ({
  name: describeValue(value),
  value,
  stored: {},
})

const SHORTENED = [
  '28,900',
  '28 900',
  '62k',
  '11,2',
  '4-door',
  '1e5',
  '0x10',
  '7.',
  '.5',
  '+7',
  '٣',
  '１２',
  'Infinity',
]
const GUESSED = [
  '2026-03-31T12:00:00',
  '2026-03-31 12:00:00Z',
  '11/06/2026',
  'March 31, 2026',
  '2026-02-30T12:00:00Z',
  '2026-02-30',
]
const EXTREME_YEARS = [
  '+012026-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01',
  '9999-12-31',
  '1700000000000',
]
const WORDS = [
  '%',
  '100% _real_',
  'NULL',
  'null',
  'none',
  'undefined',
  '12abc',
  'a\\b',
  '12345678901234567',
]
const NEVER = ['bell\u0007', 'delete\u007fd', 'nul\0', 'half \ud83d', `zalgo${'\u0301'.repeat(40)}`]
const IN_LINES = ['line\nbreak', 'tab\there', 'separator\u2028here']

const MOMENT = '2026-07-01T01:30:00.000+02:00'
const DAY = '2026-03-29'

/**
 * Every value that is written to a field. `good` is a number that the field takes if it is one of
 * numbers.
 */
export function listInputCases(validNumber: number): InputCase[] {
  const digits = textCase(String(validNumber))
  return [
    { ...otherCase(validNumber, { number: validNumber }), name: 'a number' },
    { ...digits, name: 'a number as text', stored: { ...digits.stored, number: validNumber } },
    ...SHORTENED.map((one) => textCase(one)),
    textCase(' 7', '7'),
    { ...textCase(MOMENT), stored: { ...textCase(MOMENT).stored, instant: MOMENT } },
    { ...textCase(DAY), stored: { ...textCase(DAY).stored, day: DAY } },
    ...[...GUESSED, ...EXTREME_YEARS].map((one) => ({
      ...textCase(one),
      ...(Number(one) > 0 && { untried: ['number' as const] }),
    })),
    { ...otherCase(1_700_000_000_000), untried: ['number'] },
    ...WORDS.map((one) => textCase(one)),
    textCase('e\u0301clair', '\u00e9clair'),
    textCase('  padded \u00a0', 'padded'),
    { ...textCase('true'), stored: { ...textCase('true').stored, checkbox: true } },
    otherCase(true, { checkbox: true }),
    { ...otherCase(0), untried: ['number'] },
    otherCase({ equals: 'x' }),
    otherCase(['x']),
    ...NEVER.map(refusedCase),
    ...IN_LINES.map((one) => otherCase(one, { lines: one })),
    otherCase('line\r\nbreak', { lines: 'line\nbreak' }),
    EMPTY,
    ...BODIES,
  ]
}

/** A form sends it for a value that is absent. */
const EMPTY: InputCase = {
  name: 'an empty text',
  value: '',
  stored: {
    number: null,
    instant: null,
    day: null,
    reference: null,
    choice: null,
    line: null,
    lines: null,
    json: '',
  },
}

const BODIES: readonly InputCase[] = [
  { ...refusedCase('caf\u00e9'), name: 'bytes that are not UTF-8', latin1: true },
  {
    ...refusedCase('caf\u00e9'),
    name: 'Latin-1 that says so',
    latin1: true,
    contentType: 'application/json; charset=ISO-8859-1',
  },
  {
    ...refusedCase('cafe'),
    name: 'a foreign charset',
    contentType: 'application/json;charset="utf-16"',
  },
  {
    ...textCase('caf\u00e9'),
    name: 'UTF-8 that says so',
    contentType: 'application/json; Charset="UTF-8"',
  },
]
