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

/** A number in a query, parsed by `parseNumber` like the number of a column. */
const writtenNumber = () =>
  z.string().transform((written, context) => {
    const read = parseNumber(written)
    if ('value' in read) return read.value
    context.addIssue({ code: 'custom', message: read.problem })
    return z.NEVER
  })

/** A whole number in a query: `20`, but not `2e1`, `0x14` or an empty text. */
export const integerInput = (min: number, max: number) =>
  writtenNumber().pipe(z.number().int().min(min).max(max))

/** A decimal number in a query: `-118.2437`, but not `1e2` or an empty text. */
export const decimalInput = (min: number, max: number) =>
  writtenNumber().pipe(z.number().min(min).max(max))

/**
 * The UUID of a row in a path: every one that PostgreSQL accepts. The API documents the versions of
 * RFC 9562, which the server creates.
 */
export const uuidInput = () => z.guid().meta({ pattern: z.regexes.uuid().source })
