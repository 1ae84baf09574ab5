/**
 * The format of a vehicle identification number, and when position 9 proves it (49 CFR 565.13,
 * 565.15(c); China: GB 16735).
 */
import { isWrittenAsHomeMarketNumber, parseChassisNumber } from './chassis-number.ts'
import {
  expectedCheckDigit,
  hasFillerCharacter,
  hasRightCheckDigit,
  isChinese,
  isNorthAmerican,
  isWrittenAsVin,
} from './vin-check-digit.ts'
import {
  firstVinModelYear,
  isBeforeVins,
  readCharacters,
  type VinOptions,
  type VinProblem,
  type VinResult,
} from './vin-reading.ts'
import { formatSuggestions, readForbiddenLetters, suggestVins } from './vin-suggest.ts'
import { isOneCharacterRepeated, normalizeVin, vinLength } from './vin-text.ts'

export { parseChassisNumber } from './chassis-number.ts'
export {
  expectedCheckDigit,
  hasRightCheckDigit,
  isChinese,
  isNorthAmerican,
  isWrittenAsVin,
  withCheckDigit,
} from './vin-check-digit.ts'
export { isBeforeVins } from './vin-reading.ts'
export type { VinOptions, VinProblem, VinResult } from './vin-reading.ts'
export { normalizeVin } from './vin-text.ts'

/**
 * Parses the number of a vehicle as a person typed or pasted it. Never throws; refuses 1 MB as
 * quickly as one line.
 *
 * 17 characters are checked as a VIN for any model year. The check digit is required by law in
 * North America and China, and its check is strict there. Elsewhere a wrong digit is usually a
 * typing error, so it is refused until `confirmed`; a character that is never a check digit
 * (Europe's filler `Z`) is accepted with a warning. A typing error between characters of the same
 * value (1, A and J; 2, B, K and S; …) is not detected, because the check digit stays correct.
 *
 * A car from before 1981 has a chassis number: other lengths are accepted with a warning, and 17
 * characters that are not a valid VIN once they are `confirmed`. The same applies to the chassis
 * number of a car of any year that was made for Japan's home market.
 */
export function parseVin(raw: string, options: VinOptions = {}): VinResult {
  const text = normalizeVin(raw)
  if (text.length === vinLength) return parseSeventeen(raw, options)
  if (isBeforeVins(options.modelYear)) return parseChassisNumber(raw, options)
  if (!isWrittenAsHomeMarketNumber(text)) return parseStrictVin(raw, options)
  return options.confirmed === true
    ? parseChassisNumber(raw, options)
    : questionHomeMarketNumber(text)
}

/**
 * Parses 17 characters as a VIN. For a car from before 1981, an invalid VIN is accepted once it is
 * confirmed.
 */
function parseSeventeen(raw: string, options: VinOptions): VinResult {
  if (!isBeforeVins(options.modelYear)) return parseStrictVin(raw, options)
  const read = parseStrictVin(raw, {})
  if ('vin' in read) return read
  const { code, message, confirmable } = read.problem
  if (code !== 'vin_check_digit' && code !== 'vin_forbidden_letter') return read
  const vin = normalizeVin(raw)
  if (options.confirmed === true)
    return { vin, warnings: [acceptUnchecked(vin, options.modelYear)] }
  const wayOut = ` If it is really the chassis number of a ${options.modelYear} car, confirm it.`
  return {
    problem: {
      ...read.problem,
      message: confirmable ? message : message + wayOut,
      confirmable: true,
    },
  }
}

function acceptUnchecked(vin: string, modelYear: number) {
  const message =
    `VIN ${vin} is saved unchecked as the chassis number of a ${modelYear} car: it would ` +
    'not be valid as a VIN.'
  return { code: 'vin_unchecked', message } as const
}

function questionHomeMarketNumber(text: string): { problem: VinProblem } {
  const found = `VIN ${text} has ${text.length} characters; it must have ${vinLength}.`
  const wayOut =
    `If it is the chassis number of a car made for Japan's home market, confirm it. If the car’s ` +
    'model year is before'
  const message = `${found} ${wayOut} ${firstVinModelYear}, enter the model year.`
  return { problem: { code: 'vin_length', message, suggestions: [], confirmable: true } }
}

/** Parses a VIN, whatever the model year. */
function parseStrictVin(raw: string, { confirmed }: VinOptions): VinResult {
  const normalized = readCharacters(raw, 'vin')
  if ('problem' in normalized) return normalized
  const vin = normalized.text
  if (!isWrittenAsVin(vin)) return refuseForbiddenLetter(vin)
  if (isOneCharacterRepeated(vin)) {
    const message =
      `VIN ${vin} repeats one character and does not identify a vehicle. Type the VIN from ` +
      'the plate or the title.'
    return { problem: { code: 'vin_repeated', message, suggestions: [], confirmable: false } }
  }
  return hasRightCheckDigit(vin) ? { vin, warnings: [] } : judgeCheckDigit(vin, confirmed === true)
}

function refuseForbiddenLetter(vin: string): { problem: VinProblem } {
  const position = vin.search(/[IOQ]/)
  const readings = readForbiddenLetters(vin)
  const suggestions = readings.filter((reading) => 'vin' in parseStrictVin(reading, {}))
  const found =
    `VIN ${vin} has the letter ${vin.charAt(position)} at position ${position + 1}, but a ` +
    'VIN never contains I, O or Q.'
  const question = /\d/.test(suggestions[0]?.charAt(position) ?? '')
    ? 'Is it a digit?'
    : 'Was it misread?'
  const wayOut =
    suggestions.length > 0
      ? `${question} ${suggestions.join(' or ')} is valid.`
      : `With digits instead, it is ${readings[0] ?? ''}, which is not valid: compare it with ` +
        'the plate.'
  return {
    problem: {
      code: 'vin_forbidden_letter',
      message: `${found} ${wayOut}`,
      suggestions,
      confirmable: false,
    },
  }
}

/** Decides about a VIN whose position 9 is not the correct check digit. */
function judgeCheckDigit(vin: string, confirmed: boolean): VinResult {
  const expected = expectedCheckDigit(vin)
  const mismatch = `VIN ${vin} has check digit ${vin.charAt(8)}, expected ${expected}`
  if (hasFillerCharacter(vin)) {
    const message =
      `VIN ${vin} has ${vin.charAt(8)} at position 9, which is not a check digit, so ` +
      'typing errors cannot be detected.'
    return { vin, warnings: [{ code: 'vin_check_digit_unusual', message }] }
  }
  const confirmable = !isNorthAmerican(vin) && !isChinese(vin)
  if (confirmable && confirmed) {
    return {
      vin,
      warnings: [{ code: 'vin_check_digit_confirmed', message: `${mismatch}; it was confirmed.` }],
    }
  }
  const suggestions = suggestVins(
    vin,
    (other) => !isOneCharacterRepeated(other) && hasRightCheckDigit(other),
  )
  const wayOut = confirmable
    ? 'If this is really what the plate shows, confirm it: not all foreign manufacturers use ' +
      'a check digit.'
    : ''
  const message = [`${mismatch}.`, formatSuggestions(vin, suggestions), wayOut]
    .filter((part) => part !== '')
    .join(' ')
  return { problem: { code: 'vin_check_digit', message, expected, suggestions, confirmable } }
}
