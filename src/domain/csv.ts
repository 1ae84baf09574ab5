/**
 * Matches texts that a spreadsheet would run as a formula, including full-width signs and signs
 * after blanks.
 */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]|^[\t\r\n]/
const NUMBER = /^-?\d+(\.\d+)?$/

/** Whether a spreadsheet would run a text as a formula. Plain numbers are none. */
export const isFormula = (text: string): boolean => FORMULA.test(text) && !NUMBER.test(text)

/**
 * Formats one cell of a CSV file (RFC 4180). A text that a spreadsheet would run gets an apostrophe
 * in front, and so does a text that begins with one: removing one apostrophe restores every text.
 * Numbers stay numbers; absent values are empty.
 */
export function formatCsvCell(value: unknown): string {
  const text = toText(value)
  const safe = isFormula(text) || text.startsWith("'") ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Formats one line of a CSV file, with its line break. */
export const formatCsvLine = (values: readonly unknown[]): string =>
  `${values.map(formatCsvCell).join(',')}\r\n`

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return value instanceof Date ? value.toISOString() : JSON.stringify(value)
}
