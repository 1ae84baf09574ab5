const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u
const CONTROL = /[\p{Cc}\p{Cf}]/gu
/** Numbers with the signs in them, and other scripts, are read from left to right in any word. */
const FORWARD =
  /\p{Nd}(?:[\p{Nd}.,:/-]*\p{Nd})?|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+/gu
const NO_BREAK_SPACE = '\u00a0'

/** What stands for a character that the font does not have. */
const MISSING = '\u25a1'

/** What a font has, and whether a text fits in a line of it. */
export type Face = {
  hasGlyph: (codePoint: number) => boolean
  fitsLine: (text: string) => boolean
}

/** A text as it is printed, and whether characters were replaced. */
export type PrintableText = { text: string; isComplete: boolean }

/**
 * Prepares a text for a font: characters that it does not have become a box. Words in a
 * right-to-left script are joined, line by line, because the library lays out what has no break in
 * the direction of its first letter.
 */
export function prepareText(text: string, face: Face): PrintableText {
  const lines = text.normalize('NFC').split('\n')
  let isComplete = true
  const printable = lines.map((line) =>
    Array.from(line.replaceAll(CONTROL, ' '), (character) => {
      if (face.hasGlyph(character.codePointAt(0) ?? 0)) return character
      isComplete = false
      return MISSING
    }).join(''),
  )
  return { text: printable.map((line) => joinWords(line, face)).join('\n'), isComplete }
}

function joinWords(line: string, face: Face): string {
  if (!RIGHT_TO_LEFT.test(line)) return line
  const isMixed = LEFT_TO_RIGHT.test(line)
  const groups = groupWords(line.split(' '))
  const parts = groups.flatMap(({ isReversed, words }, index) => {
    if (!isReversed) return words
    const lines = fillLines(words, face)
    // The space after these words moves to their other side.
    if (index < groups.length - 1) lines.push(NO_BREAK_SPACE + (lines.pop() ?? ''))
    return lines
  })
  return parts.join(isMixed ? ' ' : '\n')
}

type WordGroup = { words: string[]; isReversed: boolean }

/** Groups words by their direction. A word without letters belongs to those before it. */
function groupWords(words: readonly string[]): WordGroup[] {
  const groups: WordGroup[] = []
  for (const word of words) {
    const last = groups.at(-1)
    const isReversed =
      RIGHT_TO_LEFT.test(word) || (!LEFT_TO_RIGHT.test(word) && last?.isReversed === true)
    if (last?.isReversed === isReversed) last.words.push(word)
    else groups.push({ words: [word], isReversed })
  }
  return groups
}

/** Joins words to lines that are as long as they can be. */
function fillLines(words: readonly string[], { fitsLine }: Face): string[] {
  const lines: string[] = []
  for (const word of words.map(mirrorWord)) {
    const longer = [lines.at(-1) ?? '', word].join(NO_BREAK_SPACE)
    if (lines.length > 0 && fitsLine(longer)) lines.splice(-1, 1, longer)
    else lines.push(word)
  }
  return lines
}

const MIRRORED = new Map(['()', ')(', '[]', '][', '<>', '><', '«»', '»«'].map(toPair))
function toPair(pair: string): [string, string] {
  return [pair.charAt(0), pair.charAt(1)]
}

/** The library reverses all of a word: what must not be reversed is reversed here as well. */
const mirrorWord = (word: string): string =>
  Array.from(
    word.replaceAll(FORWARD, (part) => Array.from(part).toReversed().join('')),
    (character) => MIRRORED.get(character) ?? character,
  ).join('')
