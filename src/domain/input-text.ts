import { quoteValue, type ParseResult } from './input-values.ts'

/**
 * Whether a text may have line breaks: `lines` for descriptions, `line` for everything that a form
 * shows in one line.
 */
export type TextShape = 'line' | 'lines'

/** Characters that no text has. Tabs and line breaks are judged by the shape of the text. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u
const LONE_SURROGATE = /\p{Surrogate}/u
/**
 * Unicode's Stream-Safe Text Format (UAX #15) allows 30 marks in a row; composing 300,000 of them
 * takes a processor for a minute.
 */
const TOO_MANY_MARKS = /\p{M}{31}/u
const BREAK = /[\t\n\r\u2028\u2029]/u

/**
 * Characters that turn the direction of the text around them, and so what a reader takes a line for
 * (Unicode's UAX #9).
 */
const DIRECTION_MARK = /[\u202A-\u202E\u2066-\u2069]/u
/**
 * Spaces, and characters that nothing shows: default-ignorable and format characters, and the empty
 * pattern of Braille.
 */
const INVISIBLE = /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]*$/u

/**
 * A text as it is stored: in Unicode's composed form (NFC), without the spaces around it; empty
 * where nothing of it is visible. Control characters are refused, and tabs, line breaks and
 * characters that turn the direction too where a text has one line. A line break of a text with
 * several lines is `\n`.
 */
export function parseText(raw: unknown, shape: TextShape): ParseResult<string> {
  if (typeof raw !== 'string') return { problem: `must be a string, not ${quoteValue(raw)}` }
  const problem = findCharacterProblem(raw.trim(), shape)
  if (problem) return { problem }
  return { value: trimText(raw) }
}

/** Why a text holds characters that no stored text of its shape has; null when it holds none. */
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

/** A text in Unicode's composed form (NFC), with `\n` for every line break. */
export const normalizeText = (text: string) => text.normalize('NFC').replaceAll(/\r\n?/g, '\n')

/** The same without the spaces around it; empty where nothing of it is visible. */
export function trimText(text: string): string {
  const trimmed = normalizeText(text).trim()
  return INVISIBLE.test(trimmed) ? '' : trimmed
}

const describeCharacter = (character: string) =>
  `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`
