const AMOUNT = /^-?\d{1,8}(?:\.\d{1,2})?$/

/**
 * Parses an amount or a percentage as people type it: `$24,500`, `24500.50`, `-5 %`. Null if it is
 * none, or has more than two decimal places.
 */
export function parseNumber(text: string): number | null {
  const plain = text.replaceAll(/[\s,$€£%]/g, '').replace('−', '-')
  return AMOUNT.test(plain) ? Number(plain) : null
}

/** The same for a price: above 0. */
export function parseAmount(text: string): number | null {
  const number = parseNumber(text)
  return number !== null && number > 0 ? number : null
}
