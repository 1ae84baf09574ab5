import { parseNumber, type ParseResult, quoteValue } from '../../../domain/input-values.ts'

/** The sign before the decimals of a number: 12.5 or 12,5. */
export const DECIMAL_SIGNS = ['point', 'comma'] as const

export type DecimalSign = (typeof DECIMAL_SIGNS)[number]

/** What the numbers of a file have in common; `unknown` if they fit both signs differently. */
export type DetectedDecimal = DecimalSign | 'unknown'

/** Spaces and signs of currencies, which do not change a number. */
const DECORATION = /[\s\u00a0\u202f'’]|\p{Sc}/gu

const POINT_ONLY =
  /^-?(?:\d+\.(?:\d{1,2}|\d{4,})|0?\.\d+|0\.\d{3}|\d{1,3}(?:,\d{3}){2,}|[\d,]+\.\d+)$/
const COMMA_ONLY = /^-?(?:\d+,(?:\d{1,2}|\d{4,})|0?,\d+|0,\d{3}|\d{1,3}(?:\.\d{3}){2,}|[\d.]+,\d+)$/
/** Thousands in one style, thousandths in the other: 12.345 and 12,345. */
const EITHER = /^-?[1-9]\d{0,2}[.,]\d{3}$/
/** More than three digits before three decimals: 1234.567. */
const LONG = /^-?\d{4,}([.,])\d{3}$/

const clean = (text: string): string => text.replaceAll(DECORATION, '')

/**
 * Finds the decimal sign of the numbers of a file. A sign that one number proves is the sign of
 * all; a point if no number has decimals.
 */
export function detectDecimal(texts: readonly string[]): DetectedDecimal {
  const numbers = texts.map(clean)
  const long = numbers.map((text) => LONG.exec(text)?.[1])
  const isPoint = numbers.some((text) => POINT_ONLY.test(text) && !EITHER.test(text))
  const isComma = numbers.some((text) => COMMA_ONLY.test(text) && !EITHER.test(text))
  const provesPoint = isPoint || long.includes('.')
  const provesComma = isComma || long.includes(',')
  if (provesPoint !== provesComma) return provesPoint ? 'point' : 'comma'
  const isOpen = provesPoint || numbers.some((text) => EITHER.test(text))
  return isOpen ? 'unknown' : 'point'
}

const GROUPED = {
  point: /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/,
  comma: /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/,
} as const

/** Parses a number as written in a file: `1,234.5`, `1.234,5` or `€ 12,50`. */
export function parseWrittenNumber(text: string, decimal: DecimalSign): ParseResult<number> {
  const bare = clean(text)
  const [thousands, sign] = decimal === 'point' ? [',', '.'] : ['.', ',']
  const ungrouped = GROUPED[decimal].test(bare) ? bare.replaceAll(thousands, '') : bare
  const isForeign = ungrouped.includes(thousands)
  const plain = ungrouped
    .replace(sign, '.')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  const parsed = isForeign ? null : parseNumber(plain)
  if (parsed !== null && 'value' in parsed) return parsed
  const example = decimal === 'point' ? '1234.5' : '1234,5'
  return { problem: `must be a number such as ${example}, not ${quoteValue(text)}` }
}
