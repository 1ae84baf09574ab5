/**
 * Parsers for one front matter value each. A parser never throws: it returns the value as the
 * column stores it, or a sentence about the problem. Differences from the original text are
 * returned as notes. Parsers do not receive blank values, which count as absent.
 */
import { anyOf } from '../../domain/pattern-choice.ts'
import { centsToAmount, getCurrencySign, MAX_CENTS } from '../../domain/money.ts'
import { findWebAddressProblem } from '../../domain/web-address.ts'
import { findCharacterProblem, parseText } from '../../domain/input-text.ts'
import type { FrontMatterValue } from './front-matter.ts'

/** `problem` and `notes` are whole sentences that name key and value. */
export type Parsed<T> = { value: T; notes?: readonly string[] } | { problem: string }

/**
 * The context of every value of an import: its time, and the currency of the lot.
 */
export type ImportContext = { now: Date; currency: string }

/**
 * The context of a value: also its key, and the model year of its car. `confirmed`: the file
 * confirms its VIN.
 */
export type FieldContext = ImportContext & {
  key: string
  modelYear?: number
  confirmed?: boolean
}

export type Parser<T> = (raw: FrontMatterValue, place: FieldContext) => Parsed<T>

const MAX_MONEY = centsToAmount(MAX_CENTS)
const MAX_SHOWN_LENGTH = 80
/** The maximum number of problems that are reported for one list. */
const MAX_PROBLEMS = 5

/** Formats a value for a sentence: a text in quotes and shortened, anything else by its kind. */
export function formatRaw(raw: FrontMatterValue): string {
  if (raw === null) return 'nothing'
  if (typeof raw === 'string')
    return JSON.stringify(
      raw.length > MAX_SHOWN_LENGTH ? `${raw.slice(0, MAX_SHOWN_LENGTH)}…` : raw,
    )
  return raw instanceof Map ? 'a group of keys' : 'a list'
}

/** Whether a key has no value, or only white space. An empty list is a value. */
export function isBlank(raw: FrontMatterValue | undefined): raw is null | undefined | '' {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')
}

/** Builds the sentence about an invalid value. */
export function buildProblem(
  place: FieldContext,
  raw: FrontMatterValue,
  predicate: string,
): { problem: string } {
  return { problem: `${place.key} ${formatRaw(raw)} ${predicate}.` }
}

/**
 * A parser for one text, normalized like every text in src/domain/input-text.ts: composed and
 * trimmed. Values that are not texts, or that no text column can store, are refused before `read`
 * is called.
 */
export function fromText<T>(read: (text: string, place: FieldContext) => Parsed<T>): Parser<T> {
  return (raw, place) => {
    if (typeof raw !== 'string')
      return buildProblem(place, raw, 'is not a single value; write one after the colon')
    const written = parseText(raw, 'lines')
    if ('problem' in written)
      return buildProblem(place, raw, 'contains a character that cannot be stored; remove it')
    return read(written.value, place)
  }
}

/**
 * A text of at most `maxLength` characters on one line; without `maxLength`, of any length and with
 * several lines. `names` maps a spelling, in any case, to the lot's name.
 */
export function textParser(
  maxLength = Number.POSITIVE_INFINITY,
  names: Readonly<Record<string, string>> = {},
): Parser<string> {
  const renamed = new Map(Object.entries(names))
  const shape = Number.isFinite(maxLength) ? 'line' : 'lines'
  return fromText((written, place) => {
    if (findCharacterProblem(written, shape))
      return buildProblem(place, written, 'contains a tab or a line break; write it on one line')
    if (written.length <= maxLength) return { value: renamed.get(written.toLowerCase()) ?? written }
    return buildProblem(
      place,
      written,
      `has ${written.length} characters; the limit is ${maxLength}`,
    )
  })
}

/** One of several words, in any case. */
export function enumParser<W extends string>(values: readonly W[]): Parser<W> {
  return fromText((written, place) => {
    const value = values.find((word) => word === written.toLowerCase())
    return value === undefined
      ? buildProblem(place, written, `is not one of ${values.join(', ')}`)
      : { value }
  })
}

/** true or false, in the notations of YAML 1.2 and YAML 1.1 (which Jekyll uses). */
export function booleanParser(): Parser<boolean> {
  return fromText((written, place) => {
    if (/^(?:true|yes|on)$/i.test(written)) return { value: true }
    if (/^(?:false|no|off)$/i.test(written)) return { value: false }
    return buildProblem(place, written, 'is not true or false')
  })
}

/**
 * An amount in the currency of the lot: `14499`, `14499.5`, `14499.00`, `14,499.00`, or with its
 * sign, `$14,499`. 0 is refused if `whyNotZero` gives a reason.
 */
export function moneyParser(whyNotZero?: string): Parser<number> {
  return fromText((written, place) => {
    const sign = getCurrencySign(place.currency)
    const unsigned = written.startsWith(sign) ? written.slice(sign.length) : written
    const amount = /^ ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?$/.exec(unsigned)
    if (!amount)
      return buildProblem(
        place,
        written,
        'is not an amount with at most two decimals, such as 14499 or 14499.00',
      )
    const value = Number(`${(amount[1] ?? '').replaceAll(',', '')}${amount[2] ?? ''}`)
    if (value === 0 && whyNotZero !== undefined)
      return buildProblem(place, written, `is 0: ${whyNotZero}`)
    return value > MAX_MONEY
      ? buildProblem(place, written, `exceeds the maximum of ${MAX_MONEY}`)
      : { value }
  })
}

/**
 * A whole number within bounds, with or without thousands separators and its unit: `66000`,
 * `66,000`, `66000 miles`.
 */
export function integerParser(bounds: {
  from: number
  to: number
  unit?: RegExp
  zero?: string
}): Parser<number> {
  return fromText((written, place) => {
    const bare = bounds.unit ? written.replace(bounds.unit, '').trimEnd() : written
    const digits = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0{1,9})?$/.exec(bare)?.[1]
    if (digits === undefined) return buildProblem(place, written, 'is not a whole number')
    const value = Number(digits.replaceAll(',', ''))
    if (value === 0 && bounds.zero !== undefined)
      return buildProblem(place, written, `is 0: ${bounds.zero}`)
    if (value >= bounds.from && value <= bounds.to) return { value }
    return buildProblem(place, written, `is not between ${bounds.from} and ${bounds.to}`)
  })
}

/**
 * A count, possibly in words: `2`, `2 owners`, or one of the words for none. `4+` is stored as 4,
 * with a note.
 */
export function countParser(max: number, none: RegExp, unit: RegExp): Parser<number> {
  return fromText((written, place) => {
    if (none.test(written)) return { value: 0 }
    const found = /^(\d{1,3})(\+?)$/.exec(written.replace(unit, '').trimEnd())
    if (!found) return buildProblem(place, written, 'is not a number; write how many, or None')
    const value = Number(found[1])
    if (value > max) return buildProblem(place, written, `exceeds the maximum of ${max}`)
    if (found[2] === '') return { value }
    return {
      value,
      notes: [
        `${place.key} ${formatRaw(written)} is saved as ${value}: the column cannot store ` +
          '"or more".',
      ],
    }
  })
}

/** The completeness or number of records: `Partial`, `more than 20 records`, `5-10`. */
const COUNT = String.raw`(?:less than |more than )?\d{1,4}(?:\+|-\d{1,4})?(?: records?)?`
const EXTENT = new RegExp(`^${anyOf(['complete', 'partial', COUNT])}$`, 'i')

/**
 * Whether there are records. Their number and completeness have no column and are dropped with a
 * note.
 */
export function recordsParser(): Parser<boolean> {
  return fromText((written, place) => {
    if (/^(?:none|no|false|not available|0)$/i.test(written)) return { value: false }
    if (/^(?:available|yes|true)$/i.test(written)) return { value: true }
    if (!EXTENT.test(written))
      return buildProblem(
        place,
        written,
        'does not indicate whether records are available; write Available or None',
      )
    const lost = /\d/.test(written) ? 'how many' : 'how complete they are'
    return {
      value: true,
      notes: [
        `${place.key} ${formatRaw(written)} is saved as yes: there is no column for ${lost}.`,
      ],
    }
  })
}

/** An http(s) address of at most `maxLength` characters. */
export function webAddressParser(maxLength: number): Parser<string> {
  return fromText((written, place) => {
    const problem = findWebAddressProblem(written)
    if (problem) return buildProblem(place, written, `is not a web address; it ${problem}`)
    return textParser(maxLength)(written, place)
  })
}

/**
 * A list of at most `max` items; a single value counts as a list of one. Invalid items are reported
 * with their numbers.
 */
export function listParser(item: Parser<string>, max: number): Parser<readonly string[]> {
  return (raw, place) => {
    if (raw instanceof Map)
      return buildProblem(place, raw, 'is not a list; write one value per line, each after a dash')
    const items = Array.isArray(raw) ? raw : [raw]
    if (items.length > max)
      return buildProblem(place, raw, `has ${items.length} items; the limit is ${max}`)
    const read = items.map((each, index) =>
      isBlank(each) ? null : item(each, { ...place, key: `${place.key} item ${index + 1}` }),
    )
    const problems = read.flatMap((each) => (each && 'problem' in each ? [each.problem] : []))
    const left =
      problems.length > MAX_PROBLEMS
        ? [`There are problems with ${problems.length - MAX_PROBLEMS} more of the ${place.key}.`]
        : []
    if (problems.length > 0)
      return { problem: [...problems.slice(0, MAX_PROBLEMS), ...left].join(' ') }
    return { value: read.flatMap((each) => (each && 'value' in each ? [each.value] : [])) }
  }
}
