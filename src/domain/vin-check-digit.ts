/** The alphabet of VINs and their check digit (49 CFR 565.13, 565.15(c)). */
import { escapeInput } from './vin-text.ts'

/**
 * The value of a character is its position here modulo 10: A is 1, J is 1, S is 2 (49 CFR
 * 565.15(c)).
 */
const valuePlaces = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'
const weights: readonly number[] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/**
 * Whether a text has 17 characters of the VIN alphabet, as `normalizeVin` returns them. Does not
 * check the check digit.
 */
export function isWrittenAsVin(vin: string): boolean {
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(vin)
}

/**
 * The correct character for position 9, `0`-`9` or `X`, whatever it contains now. Throws a
 * RangeError for a text that `isWrittenAsVin` rejects.
 */
export function expectedCheckDigit(vin: string): string {
  if (!isWrittenAsVin(vin)) {
    throw new RangeError(
      `"${escapeInput(vin)}" is not a VIN in normalized form: 17 characters A-Z (without I, ` +
        'O, Q) or 0-9.',
    )
  }
  const sum = weights.reduce(
    (total, weight, index) => total + weight * (valuePlaces.indexOf(vin.charAt(index)) % 10),
    0,
  )
  return sum % 11 === 10 ? 'X' : String(sum % 11)
}

/** The same VIN with the correct character at position 9. Throws as `expectedCheckDigit` does. */
export function withCheckDigit(vin: string): string {
  return vin.slice(0, 8) + expectedCheckDigit(vin) + vin.slice(9)
}

/** Whether position 9 contains the correct check digit. Throws as `expectedCheckDigit` does. */
export function hasRightCheckDigit(vin: string): boolean {
  return vin.charAt(8) === expectedCheckDigit(vin)
}

/**
 * Whether a VIN is of a vehicle made for North America, by its first character: 1, 4, 5 or 7
 * (United States), 2 (Canada), 3 (Mexico).
 */
export function isNorthAmerican(vin: string): boolean {
  return /^[1-57]/.test(vin)
}

/** Whether a VIN is of a vehicle made in China: its first character is L. */
export function isChinese(vin: string): boolean {
  return vin.startsWith('L')
}

/**
 * Whether position 9 contains a character that is never a check digit, from a manufacturer that may
 * omit it: Europe's filler `Z`.
 */
export function hasFillerCharacter(vin: string): boolean {
  return !isNorthAmerican(vin) && !isChinese(vin) && /[^0-9X]/.test(vin.charAt(8))
}
