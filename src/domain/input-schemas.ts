import { z } from 'zod'
import { findCharacterProblem, trimText } from './input-text.ts'
import { parseNumber } from './input-values.ts'

/**
 * One line of text in a body of our own endpoints, read as `readText` reads a column's: composed,
 * trimmed, without control characters.
 */
export const lineInput = () =>
  z
    .string()
    .superRefine((written, context) => {
      const problem = findCharacterProblem(written.trim(), 'line')
      if (problem !== null) context.addIssue({ code: 'custom', message: problem, continue: false })
    })
    .overwrite(trimText)

/**
 * A whole number in a query, read as `readNumber` reads a column's; `20`, never `2e1`, `0x14` or an
 * empty text.
 */
export const integerInput = (min: number, max: number) =>
  z
    .string()
    .transform((written, context) => {
      const read = parseNumber(written)
      if ('value' in read) return read.value
      context.addIssue({ code: 'custom', message: read.problem })
      return z.NEVER
    })
    .pipe(z.number().int().min(min).max(max))
