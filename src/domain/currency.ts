/**
 * Whether a value is the three letters of a currency of ISO 4217 that is in use: `USD`, `EUR`.
 * Upper case alone.
 */
export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && Intl.supportedValuesOf('currency').includes(value)
}
