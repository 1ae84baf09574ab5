import { quoteValue, type ParseResult } from './input-values.ts'

/**
 * Whether a text may have line breaks: `lines` for descriptions, `line` for everything that a form
 * shows on one line.
 */
export type TextShape = 'line' | 'lines'

/**
 * Control characters that no text may contain. Tabs and line breaks depend on the shape of the
 * text.
 */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u
const LONE_SURROGATE = /\p{Surrogate}/u
/**
 * More combining marks than Unicode's Stream-Safe Text Format (UAX #15) allows, which is 30 in a
 * row; composing 300,000 of them takes a minute of processor time.
 */
const TOO_MANY_MARKS = /\p{M}{31}/u
const BREAK = /[\t\n\r\u2028\u2029]/u

/**
 * Characters that change the direction of the text around them, and can therefore disguise what a
 * line says (Unicode's UAX #9).
 */
const DIRECTION_MARK = /[\u202A-\u202E\u2066-\u2069]/u
/**
 * Spaces and invisible characters: default-ignorable and format characters, and the blank Braille
 * pattern.
 */
const INVISIBLE = /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]*$/u

/**
 * Parses a text into its stored form: Unicode's composed form (NFC), without surrounding spaces;
 * empty if no character is visible. Control characters are refused; in a one-line text, so are
 * tabs, line breaks and characters that change the direction. A line break in a text of several
 * lines becomes `\n`.
 */
export function parseText(raw: unknown, shape: TextShape): ParseResult<string> {
  if (typeof raw !== 'string') return { problem: `must be a string, not ${quoteValue(raw)}` }
  const problem = findCharacterProblem(raw.trim(), shape)
  if (problem) return { problem }
  return { value: trimText(raw) }
}

/**
 * Explains which characters a stored text of this shape must not contain; null if there are none.
 */
export function findCharacterProblem(text: string, shape: TextShape): string | null {
  if (text.includes('\0')) return 'contains the NUL character, which is not allowed in text'
  if (LONE_SURROGATE.test(text)) return 'contains half a character (a lone surrogate)'
  const control = CONTROL.exec(text)?.[0]
  if (control !== undefined) return `contains the control character ${describeCharacter(control)}`
  if (TOO_MANY_MARKS.test(text)) return 'contains more than 30 combining marks in a row'
  if (shape === 'lines') return null
  const directionMark = DIRECTION_MARK.exec(text)?.[0]
  if (directionMark !== undefined)
    return `contains ${describeCharacter(directionMark)}, which changes the text direction`
  const lineBreak = BREAK.exec(text)?.[0]
  return lineBreak === undefined
    ? null
    : `must be one line of text, without the character ${describeCharacter(lineBreak)}`
}

/** Returns a text in Unicode's composed form (NFC), with `\n` for every line break. */
export const normalizeText = (text: string) => text.normalize('NFC').replaceAll(/\r\n?/g, '\n')

/** Returns the text without surrounding spaces; empty if no character is visible. */
export function trimText(text: string): string {
  const trimmed = normalizeText(text).trim()
  return INVISIBLE.test(trimmed) ? '' : trimmed
}

const describeCharacter = (character: string) =>
  `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`
