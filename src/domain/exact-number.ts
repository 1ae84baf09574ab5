const LITERAL = /^-?0*(\d*?)(?:\.(\d*))?(?:e([+-]?\d+))?$/i
/** Begins only where zeros begin: tried at each of them, it takes quadratic time. */
const TRAILING_ZEROS = /(?<!0)0+$/
/** A double keeps every decimal number with up to this many digits (IEEE 754, DBL_DIG). */
const ALWAYS_EXACT = 15

/**
 * Whether a double keeps a number as written, such as `28900`, `11.20` or `1e-7`. False if
 * formatting the double would give another number, and for whole numbers beyond 2^53 - 1, which
 * other programs round.
 */
export function isExactNumber(literal: string): boolean {
  if (literal.length <= ALWAYS_EXACT && !/e/i.test(literal)) return true
  const number = Number(literal)
  if (!(Math.abs(number) <= Number.MAX_SAFE_INTEGER)) return false // also for NaN
  const [own, reparsed] = [parseDecimal(literal), parseDecimal(String(number))]
  return own.digits === reparsed.digits && own.exponent === reparsed.exponent
}

/**
 * Explains why a number that fails `isExactNumber` is refused. The sentence does not name the
 * field.
 */
export const describeInexact = (literal: string): string =>
  `has more digits than can be stored: ${literal.slice(0, 40)}`

/** The number of decimal places in the shortest form of a number: 2 for 28900.25, 8 for 1.5e-7. */
export function countPlaces(number: number): number {
  return Math.max(0, -parseDecimal(String(number)).exponent)
}

/**
 * The digits of a number without leading and trailing zeros, and the power of ten that they are
 * multiplied by. Zero has no digits.
 */
function parseDecimal(literal: string): { digits: string; exponent: number } {
  const [, integer = '', fraction = '', power = '0'] = LITERAL.exec(literal) ?? []
  const significant = (integer + fraction).replace(/^0+/, '')
  const digits = significant.replace(TRAILING_ZEROS, '')
  if (digits === '') return { digits, exponent: 0 }
  return { digits, exponent: Number(power) - fraction.length + significant.length - digits.length }
}
