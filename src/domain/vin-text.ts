/** The number of a vehicle as text: how it is normalized, and how messages show it. */

/** The number of characters in a VIN (49 CFR 565.13). */
export const vinLength = 17
/** Longer input is refused without being parsed: no plate needs as much, however it is spaced. */
export const maxInputLength = 200
const maxEchoLength = 40

const separators = /[\s\p{Pd}\u00AD\u200B-\u200F\u202A-\u202E\u2043\u2060\u2066-\u2069\u2212]+/gu

/**
 * Returns the text in upper case, without spaces and dashes of any script and without the invisible
 * characters that copied text may contain. Full-width characters, which Japanese and Chinese
 * keyboards enter, become the same letters and digits. Only a-z is converted to upper case:
 * Unicode's conversion would turn `ß` into `SS` and `ı` into `I`, and so turn a similar text into a
 * VIN. A text of more than 200 characters is returned unchanged, because it cannot be a VIN and 1
 * MB must cost nothing.
 */
export function normalizeVin(raw: string): string {
  if (raw.length > maxInputLength) return raw
  return foldWidth(raw).replace(separators, '')
}

/**
 * Splits a text into words in upper case, in groups: spaces and dashes separate words, any other
 * symbol separates groups. Unicode variants of one letter or digit (NFKC: bold, circled,
 * superscript) are read as that character, which is enough for a suggestion, but not for a number
 * to store.
 */
export function splitIntoWords(raw: string): string[][] {
  const groups = foldWidth(raw.replace(/[^ -~]/gu, foldForm))
    .replace(separators, ' ')
    .split(/[^A-Z0-9 ]+/)
  return groups.map((group) => group.split(' ').filter((word) => word !== ''))
}

function foldWidth(raw: string): string {
  return raw
    .replace(/[\uFF01-\uFF5E]/g, foldForm)
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

function foldForm(character: string): string {
  const plain = character.normalize('NFKC')
  return /^[ -~]$/.test(plain) ? plain : character
}

/** Whether a text repeats one character, as placeholders do. */
export function isOneCharacterRepeated(text: string): boolean {
  return /^(.)\1*$/.test(text)
}

/**
 * The value as a message may contain it: truncated, and with escapes for everything except
 * printable ASCII.
 */
export function escapeInput(value: string): string {
  let shown = ''
  for (const character of value) {
    const next = /[ -~]/.test(character) ? character : `\\u{${formatCodePoint(character)}}`
    if (shown.length + next.length > maxEchoLength) return `${shown}…`
    shown += next
  }
  return shown
}

/** A character as a message names it: `"/"` or `U+0421`. */
export function describeCharacter(character: string): string {
  return /[!-~]/.test(character)
    ? `"${character}"`
    : `U+${formatCodePoint(character).toUpperCase().padStart(4, '0')}`
}

function formatCodePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16)
}
