/**
 * Whether a value is the three-letter code of an active ISO 4217 currency, such as `USD` or `EUR`.
 * Upper case only.
 */
export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && Intl.supportedValuesOf('currency').includes(value)
}
