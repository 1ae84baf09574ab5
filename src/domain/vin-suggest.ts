/**
 * What a person may have meant by a VIN whose check digit does not hold. Some thirty-five single
 * characters mend any such VIN, so only the slips that people make are offered.
 */
import { hasKnownMaker } from './vin-makers.ts'

/** More than three would be a list to guess from. */
export const maxSuggestions = 3

const alphabet = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'

/**
 * Taken for one another on a plate or in a photo. Pairs of one value (2 and B) are no use: no check
 * digit tells them apart.
 */
const lookalikes: readonly string[] = ['0D', '8B', '5S', '2Z', '6G', '1L', '17', '4A', 'UV']

/**
 * VINs that pass, likeliest first, three at most: one look-alike exchanged (from the end, for a
 * serial number has no pattern to show a slip), then two neighbouring digits of the serial number
 * swapped, then the check digit alone, always among them if it passes. A slip in the maker's code
 * leads to a maker that exists. Where the code that was typed is nobody's, the slip is most likely
 * there: then any one character of it may be wrong, and makers that exist come first. `vin` is 17
 * characters of the VIN alphabet.
 */
export function suggestVins(vin: string, passes: (vin: string) => boolean): string[] {
  const mended = listCheckDigitVariants(vin).filter(passes).slice(0, 1)
  const possible = [
    ...listLookalikes(vin),
    ...listSwaps(vin),
    ...(hasKnownMaker(vin) ? [] : listMakerVariants(vin)),
  ]
  const slips = [...new Set(possible)].filter(
    (slip) =>
      isPlausible(slip) &&
      passes(slip) &&
      !mended.includes(slip) &&
      (isOfOneMaker(vin, slip) || hasKnownMaker(slip)),
  )
  return [...sortByMaker(slips).slice(0, maxSuggestions - mended.length), ...mended]
}

/**
 * Readings of 17 characters that hold I, O or Q, which no VIN does: O and Q as 0, I as 1, and in
 * the maker's code as J too. Those of makers that exist, if there are any.
 */
export function readForbiddenLetters(text: string): string[] {
  const digits = text.replace(/[OQ]/g, '0')
  const readings = [
    ...new Set([digits.replace(/I/g, '1'), replaceInMaker(digits, 'I', 'J').replace(/I/g, '1')]),
  ]
  const known = readings.filter(hasKnownMaker)
  return known.length > 0 ? known : readings.slice(0, 1)
}

/**
 * The sentence that offers them: `One wrong character? 1HGCM82633A004352 is valid.` Empty without
 * suggestions.
 */
export function formatSuggestions(vin: string, suggestions: readonly string[]): string {
  if (suggestions.length === 0) return ''
  const swapped = suggestions.some(
    (other) => [...other].filter((character, index) => character !== vin.charAt(index)).length > 1,
  )
  return (
    `One wrong character${swapped ? ', or two swapped' : ''}? ${suggestions.join(' or ')} is ` +
    'valid.'
  )
}

function listLookalikes(vin: string): string[] {
  const fromTheStart = [...vin].flatMap((character, index) =>
    lookalikes
      .filter((pair) => pair.includes(character))
      .map((pair) => replaceAt(vin, index, pair.replace(character, ''))),
  )
  return fromTheStart.reverse()
}

/**
 * Only in positions 12 to 17: before them stands the maker's pattern, where a swap catches the eye
 * and a chance hit misleads.
 */
function listSwaps(vin: string): string[] {
  return [11, 12, 13, 14, 15]
    .filter((index) => /^\d\d$/.test(vin.slice(index, index + 2)))
    .map(
      (index) =>
        vin.slice(0, index) + vin.charAt(index + 1) + vin.charAt(index) + vin.slice(index + 2),
    )
}

/** One character of the maker's code exchanged for any other. */
function listMakerVariants(vin: string): string[] {
  return [0, 1, 2].flatMap((index) =>
    [...alphabet].map((character) => replaceAt(vin, index, character)),
  )
}

function listCheckDigitVariants(vin: string): string[] {
  return [...'0123456789X'].map((digit) => replaceAt(vin, 8, digit))
}

/** Position 10 is never U, Z or 0, and the last four positions are digits (49 CFR 565.15(d)). */
function isPlausible(vin: string): boolean {
  return /^.{9}[^UZ0].{3}\d{4}$/.test(vin)
}

function replaceAt(text: string, index: number, character: string): string {
  return text.slice(0, index) + character + text.slice(index + 1)
}

function replaceInMaker(vin: string, letter: string, other: string): string {
  return vin.slice(0, 3).replaceAll(letter, other) + vin.slice(3)
}

const isOfOneMaker = (vin: string, other: string): boolean => vin.slice(0, 3) === other.slice(0, 3)

/** Makers that exist first, and otherwise in the order given. */
function sortByMaker(vins: readonly string[]): string[] {
  return vins.toSorted((one, other) => Number(hasKnownMaker(other)) - Number(hasKnownMaker(one)))
}
