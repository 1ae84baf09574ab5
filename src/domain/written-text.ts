import { quote, type Read } from './written-values.ts'

/** Whether a text may have line breaks: `lines` for descriptions, `line` for everything that a form shows in one line. */
export type TextShape = 'line' | 'lines'

/** Characters that no text has. Tabs and line breaks are judged by the shape of the text. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u
const LONE_SURROGATE = /\p{Surrogate}/u
/** Unicode's Stream-Safe Text Format (UAX #15) allows 30 marks in a row; composing 300,000 of them takes a processor for a minute. */
const TOO_MANY_MARKS = /\p{M}{31}/u
const BREAK = /[\t\n\r\u2028\u2029]/u

/**
 * A text as it is stored: in Unicode's composed form (NFC), without the spaces around it. Control characters are refused, and tabs and
 * line breaks too where a text has one line. A line break of a text with several lines is `\n`.
 */
export function readText(written: unknown, shape: TextShape): Read<string> {
  if (typeof written !== 'string') return { problem: `must be a text, not ${quote(written)}` }
  const problem = findCharacterProblem(written.trim(), shape)
  if (problem) return { problem }
  return { value: normalizeText(written).trim() }
}

/** Why a text holds characters that no stored text of its shape has; null when it holds none. */
export function findCharacterProblem(text: string, shape: TextShape): string | null {
  if (text.includes('\0')) return 'holds the character NUL, which no text may hold'
  if (LONE_SURROGATE.test(text)) return 'holds half a character (a lone surrogate)'
  const control = CONTROL.exec(text)?.[0]
  if (control !== undefined) return `holds the control character ${nameCharacter(control)}`
  if (TOO_MANY_MARKS.test(text)) return 'holds more than 30 combining marks in a row'
  const lineBreak = shape === 'line' ? BREAK.exec(text)?.[0] : undefined
  return lineBreak === undefined ? null : `must be one line of text, without the character ${nameCharacter(lineBreak)}`
}

/** A text in Unicode's composed form (NFC), with `\n` for every line break. */
export const normalizeText = (text: string) => text.normalize('NFC').replaceAll(/\r\n?/g, '\n')

const nameCharacter = (character: string) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''}`
