/**
 * Converts a typed price to API format: `$24,500` is `24500`; null if it is not a price. `sign` is
 * the sign of the currency.
 */
export function parsePrice(typed: string, sign: string): string | null {
  const plain = typed.replaceAll(sign, '').replaceAll(/[\s,]/g, '')
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? plain : null
}

/** Converts a typed mileage to a number: `31,200 mi` is 31200; null if it is not one. */
export function parseMileage(typed: string): number | null {
  const plain = typed.replace(/\s*mi(les)?\.?\s*$/i, '').replaceAll(/[\s,]/g, '')
  return /^\d{1,7}$/.test(plain) ? Number(plain) : null
}
