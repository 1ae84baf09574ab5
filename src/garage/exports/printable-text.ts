const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u
const CONTROL = /[\p{Cc}\p{Cf}]/gu

/** What stands for a character that the font does not have. */
const MISSING = '\u25a1'

/** A text as it is printed, and whether characters were replaced. */
export type PrintableText = { text: string; isComplete: boolean }

/**
 * Prepares a text for a font: characters that it does not have become a box. The words of a line in
 * a right-to-left script are reversed, because the library lays out one word at a time.
 */
export function prepareText(text: string, hasGlyph: (codePoint: number) => boolean): PrintableText {
  const lines = text.normalize('NFC').split('\n')
  let isComplete = true
  const printable = lines.map((line) =>
    Array.from(line.replaceAll(CONTROL, ' '), (character) => {
      if (hasGlyph(character.codePointAt(0) ?? 0)) return character
      isComplete = false
      return MISSING
    }).join(''),
  )
  return { text: printable.map(orderWords).join('\n'), isComplete }
}

const orderWords = (line: string): string =>
  RIGHT_TO_LEFT.test(line) && !LEFT_TO_RIGHT.test(line)
    ? line.split(' ').toReversed().join(' ')
    : line
