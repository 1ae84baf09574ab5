import { z } from 'zod'
import { findCharacterProblem, trimText } from './input-text.ts'
import { parseNumber } from './input-values.ts'

/**
 * One line of text in the body of our own endpoints, parsed by `parseText` like the text of a
 * column: composed, trimmed, without control characters.
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
 * A whole number in a query, parsed by `parseNumber` like the number of a column: `20`, but not
 * `2e1`, `0x14` or an empty text.
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

/**
 * The UUID of a row in a path: every one that PostgreSQL accepts. The API documents the versions of
 * RFC 9562, which the server creates.
 */
export const uuidInput = () => z.guid().meta({ pattern: z.regexes.uuid().source })
