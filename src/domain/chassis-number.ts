/**
 * Numbers of vehicles that have no VIN: cars of before 1981, and cars made for Japan's home market.
 */
import { readCharacters, type VinOptions, type VinResult } from './vin-reading.ts'
import { isOneCharacterRepeated } from './vin-text.ts'

/**
 * Whether a normalized text may be a Japanese chassis number: a model code, then a serial number of
 * five to seven digits (`BNR32-012345`, `GJ7-123456`, `SC59-1000123`). Eight characters or fewer
 * are not taken for one: dealers write the end of a VIN so.
 */
export function isWrittenAsHomeMarketNumber(text: string): boolean {
  return /^(?=.*[A-Z])[A-Z0-9]{2,8}\d{5,7}$/.test(text) && text.length > 8
}

/**
 * Reads a number that has no check digit: 5 to 17 characters A-Z and 0-9, I, O and Q among them. It
 * is accepted with a warning. One character repeated is a placeholder more often than a number, so
 * it is refused until `confirmed`.
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
