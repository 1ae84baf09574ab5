/** The number of a vehicle as text: how it is normalized, and how a message shows it. */

/** As many characters as a VIN has (49 CFR 565.13). */
export const vinLength = 17
/** Longer input is refused unread: no plate, however spaced, needs as much. */
export const maxInputLength = 200
const maxEchoLength = 40

const separators = /[\s\p{Pd}\u00AD\u200B-\u200F\u202A-\u202E\u2043\u2060\u2066-\u2069\u2212]+/gu

/**
 * Upper case, without spaces and dashes of any script, nor the invisible marks that come along with
 * copied text. Full-width characters, which a Japanese or Chinese keyboard types, are the same
 * letters and digits. Only a-z is raised: Unicode upper case would turn `ß` into `SS` and `ı` into
 * `I`, and so a look-alike into a VIN. More than 200 characters come back untouched: no VIN is in
 * them, and 1 MB costs nothing.
 */
export function normalizeVin(raw: string): string {
  if (raw.length > maxInputLength) return raw
  return foldWidth(raw).replace(separators, '')
}

/**
 * The words of a text in upper case, in groups: spaces and dashes part words, any other sign parts
 * groups. What is a form of one letter or digit in Unicode (NFKC: bold, circled, superscript) is
 * read as that one: good enough for an offer, not for a number that is kept.
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
 * The value as a message may carry it: bounded, and everything beyond printable ASCII written as an
 * escape.
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
