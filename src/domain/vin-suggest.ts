/**
 * Suggestions for a VIN with a wrong check digit. About 35 single-character changes fix any such
 * VIN, so only typical mistakes are suggested.
 */
import { hasKnownMaker } from './vin-makers.ts'

/** More than three suggestions would invite guessing. */
export const maxSuggestions = 3

const alphabet = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'

/**
 * Characters that look alike on a plate or in a photo. Pairs with the same value (2 and B) are not
 * listed, because the check digit cannot distinguish them.
 */
const lookalikes: readonly string[] = ['0D', '8B', '5S', '2Z', '6G', '1L', '17', '4A', 'UV']

/**
 * Up to three VINs that pass, most likely first: one look-alike replaced (from the end, because
 * errors in a serial number are hardest to notice), then two neighboring digits of the serial
 * number swapped, then only the check digit changed, which is always included if it passes. A
 * replacement in the manufacturer code must give an existing manufacturer. If the entered code
 * belongs to no manufacturer, the mistake is most likely there: then any one character of it may be
 * wrong, and existing manufacturers come first. `vin` has 17 characters of the VIN alphabet.
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
 * Possible readings of 17 characters that contain I, O or Q, which no VIN contains: O and Q as 0, I
 * as 1, and in the manufacturer code also as J. Only those of existing manufacturers are returned,
 * if there are any.
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
 * The sentence with the suggestions: `One wrong character? 1HGCM82633A004352 is valid.` Empty
 * without suggestions.
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
 * Swaps in positions 12 to 17 only: the positions before them hold the manufacturer's pattern,
 * where a swap is noticeable and a coincidental match would mislead.
 */
function listSwaps(vin: string): string[] {
  return [11, 12, 13, 14, 15]
    .filter((index) => /^\d\d$/.test(vin.slice(index, index + 2)))
    .map(
      (index) =>
        vin.slice(0, index) + vin.charAt(index + 1) + vin.charAt(index) + vin.slice(index + 2),
    )
}

/** Replaces one character of the manufacturer code with every other character. */
function listMakerVariants(vin: string): string[] {
  return [0, 1, 2].flatMap((index) =>
    [...alphabet].map((character) => replaceAt(vin, index, character)),
  )
}

function listCheckDigitVariants(vin: string): string[] {
  return [...'0123456789X'].map((digit) => replaceAt(vin, 8, digit))
}

/**
 * Whether a VIN is plausible: position 10 is never U, Z or 0, and the last four positions are
 * digits (49 CFR 565.15(d)).
 */
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

/** Sorts existing manufacturers first and otherwise keeps the order. */
function sortByMaker(vins: readonly string[]): string[] {
  return vins.toSorted((one, other) => Number(hasKnownMaker(other)) - Number(hasKnownMaker(one)))
}
