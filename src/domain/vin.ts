/** How a vehicle identification number is written, and when position 9 proves it (49 CFR 565.13, 565.15(c); China: GB 16735). */
import { asQuestion, suggestVins } from './vin-suggest.ts'

/** Something to tell a person about a number that was accepted all the same. */
export type VinWarning = {
  code: 'vin_check_digit_unusual' | 'vin_check_digit_confirmed' | 'vin_repeated_confirmed'
  message: string
}

/** Why a number was refused. `suggestions` are VINs that `parseVin` accepts as they stand, likeliest first, three at most. */
export type VinProblem = {
  code: 'vin_length' | 'vin_forbidden_letter' | 'vin_character' | 'vin_repeated' | 'vin_check_digit'
  /** One sentence or more for the person who typed it: printable ASCII and `…`, never more than a few hundred characters. */
  message: string
  /** The right check digit; only with `vin_check_digit`. */
  expected?: string
  suggestions: string[]
  /** Whether the same number passes once its owner says that the plate really reads so (`confirmed: true`). */
  confirmable: boolean
}

/** `vin` is normalised: what belongs in the column. */
export type VinResult = { vin: string; warnings: VinWarning[] } | { problem: VinProblem }

/** `confirmed`: someone vouches for an odd number. `modelYear`: before 1981 it is a chassis number; unknown, it is a VIN. */
export type VinOptions = { confirmed?: boolean | undefined; modelYear?: number | undefined }

/** From this model year on, 17 characters and a check digit are the law (49 CFR 565). */
export const firstVinModelYear = 1981

const vinLength = 17
const shortestChassisNumber = 5
/** Longer input is refused unread: no plate, however spaced, needs as much. */
const longestInput = 200
const longestEcho = 40

/** A character's value is its place here modulo 10: A is 1, J is 1, S is 2 (49 CFR 565.15(c)). */
const valuePlaces = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'
const weights: readonly number[] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/**
 * Upper case, without spaces and dashes of any script, nor the invisible marks that come along with copied text.
 * Only a-z is raised: Unicode upper case would turn `ß` into `SS` and `ı` into `I`, and so a look-alike into a VIN.
 * More than 200 characters come back untouched: no VIN is in them, and 1 MB costs nothing.
 */
export function normalizeVin(raw: string): string {
  if (raw.length > longestInput) return raw
  return raw
    .replace(/[\s\p{Pd}\u00AD\u200B-\u200F\u202A-\u202E\u2043\u2060\u2066-\u2069\u2212]+/gu, '')
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

/** Whether this is 17 characters of the VIN alphabet, as `normalizeVin` leaves them. Says nothing about the check digit. */
export function isWrittenAsVin(vin: string): boolean {
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(vin)
}

/** `0`-`9` or `X`: what position 9 must hold, whatever it holds now. Throws a RangeError on anything not written as a VIN. */
export function expectedCheckDigit(vin: string): string {
  if (!isWrittenAsVin(vin)) {
    throw new RangeError(`"${echo(vin)}" is no VIN: give 17 characters A-Z (without I, O, Q) or 0-9, normalised.`)
  }
  const sum = weights.reduce((total, weight, index) => total + weight * (valuePlaces.indexOf(vin.charAt(index)) % 10), 0)
  return sum % 11 === 10 ? 'X' : String(sum % 11)
}

/** The same VIN with the right character at position 9. Throws as `expectedCheckDigit` does. */
export function withCheckDigit(vin: string): string {
  return vin.slice(0, 8) + expectedCheckDigit(vin) + vin.slice(9)
}

/** Whether position 9 holds the right check digit. Throws as `expectedCheckDigit` does. */
export function hasRightCheckDigit(vin: string): boolean {
  return vin.charAt(8) === expectedCheckDigit(vin)
}

/** Made for North America: first character 1 or 4, 5, 7 (United States), 2 (Canada), 3 (Mexico). */
export function isNorthAmerican(vin: string): boolean {
  return /^[1-57]/.test(vin)
}

/** Made in China: first character L. */
export function isChinese(vin: string): boolean {
  return vin.startsWith('L')
}

/**
 * Reads a VIN as a person typed or pasted it. Never throws; refuses 1 MB as quickly as a line.
 * The check digit is law in North America and China and enforced there. Elsewhere a wrong digit is mostly a typing error, so it
 * is refused until `confirmed`; a character that is never a check digit (Europe's filler `Z`) is accepted with a warning.
 * A typing error between characters of one value (1, A and J; 2, B, K and S; …) passes: no check digit can see it.
 */
export function parseVin(raw: string, options: VinOptions = {}): VinResult {
  if (options.modelYear !== undefined && options.modelYear < firstVinModelYear) return parseChassisNumber(raw, options)
  const written = readCharacters(raw, 'vin', vinLength)
  if ('problem' in written) return written
  const vin = written.text
  if (!isWrittenAsVin(vin)) return forbiddenLetter(vin)
  if (isOneCharacterRepeated(vin)) {
    const message = `vin ${vin} repeats one character and names no vehicle. Type the VIN from the plate or the title.`
    return { problem: { code: 'vin_repeated', message, suggestions: [], confirmable: false } }
  }
  return hasRightCheckDigit(vin) ? { vin, warnings: [] } : judgeCheckDigit(vin, options.confirmed === true)
}

/**
 * Reads the number of a car of a model year before 1981: 5 to 17 characters A-Z and 0-9, I, O and Q among them, no check digit.
 * One character repeated is a placeholder more often than a number, so it is refused until `confirmed`.
 */
export function parseChassisNumber(raw: string, options: VinOptions = {}): VinResult {
  const written = readCharacters(raw, 'chassis number', shortestChassisNumber)
  if ('problem' in written) return written
  const vin = written.text
  if (!isOneCharacterRepeated(vin)) return { vin, warnings: [] }
  if (options.confirmed === true) {
    const message = `chassis number ${vin} repeats one character; it was confirmed.`
    return { vin, warnings: [{ code: 'vin_repeated_confirmed', message }] }
  }
  const message = `chassis number ${vin} repeats one character. If the plate really reads so, confirm it.`
  return { problem: { code: 'vin_repeated', message, suggestions: [], confirmable: true } }
}

/** What both kinds of number share: normalised, A-Z and 0-9 only, from `shortest` to 17 characters. */
function readCharacters(
  raw: string,
  kind: 'vin' | 'chassis number',
  shortest: number,
): { text: string } | { problem: VinProblem } {
  const refuse = (code: VinProblem['code'], message: string): { problem: VinProblem } => ({
    problem: { code, message, suggestions: [], confirmable: false },
  })
  const wanted = shortest === vinLength ? `${vinLength}` : `${shortest} to ${vinLength}`
  const text = normalizeVin(raw)
  if (text.length > longestInput)
    return refuse('vin_length', `${kind} ${echo(text)} is far too long; it takes ${wanted} characters.`)
  if (text === '') return refuse('vin_length', `${kind} is empty; it takes ${wanted} characters.`)
  const stranger = [...text].find((character) => !/[A-Z0-9]/.test(character))
  if (stranger !== undefined) {
    const where = `${nameOf(stranger)} at position ${[...text].indexOf(stranger) + 1}`
    return refuse('vin_character', `${kind} ${echo(text)} has ${where}: retype it with the letters A-Z and the digits 0-9.`)
  }
  if (text.length >= shortest && text.length <= vinLength) return { text }
  const mayBeOld = kind === 'vin' && text.length < vinLength
  const wayOut = mayBeOld ? ` Only a car of a model year before ${firstVinModelYear} may have fewer: give its model year.` : ''
  return refuse('vin_length', `${kind} ${echo(text)} is ${text.length} long; it takes ${wanted} characters.${wayOut}`)
}

function forbiddenLetter(vin: string): { problem: VinProblem } {
  const position = vin.search(/[IOQ]/)
  const meant = vin.replace(/I/g, '1').replace(/[OQ]/g, '0')
  const fixed = 'vin' in parseVin(meant)
  const found = `vin ${vin} has the letter ${vin.charAt(position)} at position ${position + 1}, and a VIN never holds I, O or Q.`
  const wayOut = fixed
    ? `A digit? ${meant} passes.`
    : `Read as 1 and 0 it is ${meant}, which does not pass: compare it with the plate.`
  const suggestions = fixed ? [meant] : []
  return { problem: { code: 'vin_forbidden_letter', message: `${found} ${wayOut}`, suggestions, confirmable: false } }
}

/** Judges a VIN whose position 9 is not the right check digit. */
function judgeCheckDigit(vin: string, confirmed: boolean): VinResult {
  const expected = expectedCheckDigit(vin)
  const mismatch = `vin ${vin} has check digit ${vin.charAt(8)}, expected ${expected}`
  const confirmable = !isNorthAmerican(vin) && !isChinese(vin)
  if (confirmable && /[^0-9X]/.test(vin.charAt(8))) {
    const message = `vin ${vin} has ${vin.charAt(8)} at position 9, which is no check digit: no typing error in it can show.`
    return { vin, warnings: [{ code: 'vin_check_digit_unusual', message }] }
  }
  if (confirmable && confirmed) {
    return { vin, warnings: [{ code: 'vin_check_digit_confirmed', message: `${mismatch}; it was confirmed.` }] }
  }
  const suggestions = suggestVins(vin, (other) => !isOneCharacterRepeated(other) && hasRightCheckDigit(other))
  const wayOut = confirmable ? 'If the plate really reads so, confirm it: not every maker abroad uses a check digit.' : ''
  const message = [`${mismatch}.`, asQuestion(vin, suggestions), wayOut].filter((part) => part !== '').join(' ')
  return { problem: { code: 'vin_check_digit', message, expected, suggestions, confirmable } }
}

function isOneCharacterRepeated(text: string): boolean {
  return /^(.)\1*$/.test(text)
}

/** The value as a message may carry it: bounded, and everything beyond printable ASCII written as an escape. */
function echo(value: string): string {
  let shown = ''
  for (const character of value) {
    const next = /[ -~]/.test(character) ? character : `\\u{${hexadecimal(character)}}`
    if (shown.length + next.length > longestEcho) return `${shown}…`
    shown += next
  }
  return shown
}

function nameOf(character: string): string {
  return /[!-~]/.test(character) ? `"${character}"` : `U+${hexadecimal(character).toUpperCase().padStart(4, '0')}`
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16)
}
