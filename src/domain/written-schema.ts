import { z } from 'zod'
import { findCharacterProblem, trimText } from './written-text.ts'
import { readNumber } from './written-values.ts'

/** One line of text in a body of our own endpoints, read as `readText` reads a column's: composed, trimmed, without control characters. */
export const writtenLine = () =>
  z
    .string()
    .superRefine((written, context) => {
      const problem = findCharacterProblem(written.trim(), 'line')
      if (problem !== null) context.addIssue({ code: 'custom', message: problem, continue: false })
    })
    .overwrite(trimText)

/** A whole number in a query, read as `readNumber` reads a column's; `20`, never `2e1`, `0x14` or an empty text. */
export const writtenWhole = (least: number, most: number) =>
  z
    .string()
    .transform((written, context) => {
      const read = readNumber(written)
      if ('value' in read) return read.value
      context.addIssue({ code: 'custom', message: read.problem })
      return z.NEVER
    })
    .pipe(z.number().int().min(least).max(most))
