/**
 * Finds VINs inside other text: after a label, between the asterisks of a barcode, after the `I`
 * that scanners add.
 */
import { hasFillerCharacter, hasRightCheckDigit, isWrittenAsVin } from './vin-check-digit.ts'
import { hasKnownMaker } from './vin-makers.ts'
import { maxSuggestions, readForbiddenLetters } from './vin-suggest.ts'
import { isOneCharacterRepeated, splitIntoWords, vinLength } from './vin-text.ts'

/**
 * Seventeen adjacent characters, and whether a word begins with the first and ends with the last of
 * them.
 */
type Segment = {
  text: string
  startsWord: boolean
  endsWord: boolean
}

/** Cyrillic and Greek capitals that look like Latin ones, and their Latin counterparts. */
const foreign = 'АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const latin = 'ABEKMHOPCTYXSIJABEZHIKMNOPTYX'

/**
 * Up to three VINs inside a text, most likely first; each of them is accepted as it is. If whole
 * words are VINs, only these are returned. A part of a word must have the correct check digit,
 * which one in eleven has by chance, so existing manufacturers come first. Letters of other scripts
 * that look like Latin ones are read as these.
 */
export function findVinsWithin(raw: string): string[] {
  const found = splitIntoWords(replaceLookAlikes(raw))
    .flatMap(splitIntoSegments)
    .flatMap((segment) =>
      readSegment(segment).map((vin) => ({ vin, rank: rankSegment(segment, vin) })),
    )
    .toSorted((one, other) => other.rank - one.rank)
  const hasWhole = found.some(({ rank }) => rank >= wholeWordRank)
  const offered = found
    .filter(({ rank }) => !hasWhole || rank >= wholeWordRank)
    .map(({ vin }) => vin)
  return [...new Set(offered)].slice(0, maxSuggestions)
}

/**
 * The sentence with the suggestions: `The VIN inside it? 1HGCM82633A004352 passes.` Empty if there
 * are none.
 */
export function formatVinsWithin(vins: readonly string[]): string {
  return vins.length === 0 ? '' : `Did you mean the VIN inside it? ${vins.join(' or ')} is valid.`
}

function splitIntoSegments(words: readonly string[]): Segment[] {
  const text = words.join('')
  const edges = new Set([0])
  let length = 0
  for (const word of words) edges.add((length += word.length))
  return Array.from({ length: Math.max(0, text.length - vinLength + 1) }, (_, start) => ({
    text: text.slice(start, start + vinLength),
    startsWord: edges.has(start),
    endsWord: edges.has(start + vinLength),
  }))
}

function readSegment(segment: Segment): string[] {
  const isWhole = segment.startsWord && segment.endsWord
  const readings = isWrittenAsVin(segment.text)
    ? [segment.text]
    : isWhole
      ? readForbiddenLetters(segment.text)
      : []
  const passes = (vin: string): boolean =>
    isWrittenAsVin(vin) &&
    !isOneCharacterRepeated(vin) &&
    (hasRightCheckDigit(vin) || (isWhole && hasFillerCharacter(vin) && hasKnownMaker(vin)))
  return readings.filter(passes)
}

const wholeWordRank = 4

function rankSegment({ startsWord, endsWord }: Segment, vin: string): number {
  const edges = startsWord && endsWord ? wholeWordRank : Number(startsWord || endsWord)
  return edges + (hasKnownMaker(vin) ? 2 : 0)
}

function replaceLookAlikes(raw: string): string {
  return raw.replace(
    /[\u0370-\u04FF]/g,
    (letter) => latin[foreign.indexOf(letter.toUpperCase())] ?? letter,
  )
}
