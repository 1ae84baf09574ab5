/**
 * Numbers of vehicles without a VIN: cars made before 1981, and cars made for Japan's home market.
 */
import { readCharacters, type VinOptions, type VinResult } from './vin-reading.ts'
import { isOneCharacterRepeated } from './vin-text.ts'

/**
 * Whether a normalized text may be a Japanese chassis number: a model code, then a serial number of
 * five to seven digits (`BNR32-012345`, `GJ7-123456`, `SC59-1000123`). Texts of eight characters or
 * fewer do not count, because dealers write the end of a VIN in this form.
 */
export function isWrittenAsHomeMarketNumber(text: string): boolean {
  return /^(?=.*[A-Z])[A-Z0-9]{2,8}\d{5,7}$/.test(text) && text.length > 8
}

/**
 * Parses a number without a check digit: 5 to 17 characters A-Z and 0-9, including I, O and Q. It
 * is accepted with a warning. A single repeated character is more likely a placeholder than a
 * number, so it is refused until `confirmed`.
 */
export function parseChassisNumber(raw: string, options: VinOptions = {}): VinResult {
  const normalized = readCharacters(raw, 'chassis number')
  if ('problem' in normalized) return normalized
  const vin = normalized.text
  if (!isOneCharacterRepeated(vin)) {
    const message =
      `chassis number ${vin} is saved unchecked: it has no check digit that could reveal a ` +
      'typing error.'
    return { vin, warnings: [{ code: 'vin_unchecked', message }] }
  }
  if (options.confirmed === true) {
    const message = `chassis number ${vin} repeats one character; it was confirmed.`
    return { vin, warnings: [{ code: 'vin_repeated_confirmed', message }] }
  }
  const message =
    `chassis number ${vin} repeats one character. If this is really what the plate shows, ` +
    'confirm it.'
  return { problem: { code: 'vin_repeated', message, suggestions: [], confirmable: true } }
}
