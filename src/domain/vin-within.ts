/** VINs that stand inside other text: behind a label, between the stars of a barcode, behind the `I` that scanners put in front. */
import { hasFiller, hasRightCheckDigit, isWrittenAsVin } from './vin-check-digit.ts'
import { hasKnownMaker } from './vin-makers.ts'
import { mostSuggestions, readForbiddenLetters } from './vin-suggest.ts'
import { isOneCharacterRepeated, splitIntoWords, vinLength } from './vin-text.ts'

/** Seventeen neighboring characters, and whether a word starts with the first and ends with the last of them. */
type Piece = { text: string; startsWord: boolean; endsWord: boolean }

/** Cyrillic and Greek capitals that look like Latin ones, and those. */
const foreign = 'АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const latin = 'ABEKMHOPCTYXSIJABEZHIKMNOPTYX'

/**
 * The VINs inside a text, likeliest first, three at most; each passes as it stands. Whole words come alone if there are any. A piece of a
 * word has to have the right check digit, of which one in eleven has it by chance: makers that exist come first. Letters of other scripts
 * that look like Latin ones are read as these.
 */
export function findVinsWithin(raw: string): string[] {
  const found = splitIntoWords(replaceLookAlikes(raw))
    .flatMap(cutIntoPieces)
    .flatMap((piece) => readPiece(piece).map((vin) => ({ vin, rank: rankPiece(piece, vin) })))
    .toSorted((one, other) => other.rank - one.rank)
  const hasWhole = found.some(({ rank }) => rank >= wholeRank)
  const offered = found.filter(({ rank }) => !hasWhole || rank >= wholeRank).map(({ vin }) => vin)
  return [...new Set(offered)].slice(0, mostSuggestions)
}

/** The sentence that offers them: `The VIN inside it? 1HGCM82633A004352 passes.` Empty without any. */
export function offerWithin(vins: readonly string[]): string {
  return vins.length === 0 ? '' : `The VIN inside it? ${vins.join(' or ')} passes.`
}

function cutIntoPieces(words: readonly string[]): Piece[] {
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

function readPiece(piece: Piece): string[] {
  const isWhole = piece.startsWord && piece.endsWord
  const readings = isWrittenAsVin(piece.text) ? [piece.text] : isWhole ? readForbiddenLetters(piece.text) : []
  const passes = (vin: string): boolean =>
    isWrittenAsVin(vin) &&
    !isOneCharacterRepeated(vin) &&
    (hasRightCheckDigit(vin) || (isWhole && hasFiller(vin) && hasKnownMaker(vin)))
  return readings.filter(passes)
}

const wholeRank = 4

function rankPiece({ startsWord, endsWord }: Piece, vin: string): number {
  const edges = startsWord && endsWord ? wholeRank : Number(startsWord || endsWord)
  return edges + (hasKnownMaker(vin) ? 2 : 0)
}

function replaceLookAlikes(raw: string): string {
  return raw.replace(/[\u0370-\u04FF]/g, (letter) => latin[foreign.indexOf(letter.toUpperCase())] ?? letter)
}
