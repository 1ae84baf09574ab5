import { z } from 'zod'
import { findCharacterProblem, type TextShape, trimText } from './input-text.ts'
import { parseNumber } from './input-values.ts'

/**
 * One line of text in the body of our own endpoints, parsed by `parseText` like the text of a
 * column: composed, trimmed, without control characters.
 */
export const lineInput = () => textInput('line')

/** The same for a text that may have line breaks. */
export const linesInput = () => textInput('lines')

const textInput = (shape: TextShape) =>
  z
    .string()
    .superRefine((written, context) => {
      const problem = findCharacterProblem(written.trim(), shape)
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
 * The UUID of a row in a path or a body: every one that PostgreSQL accepts, in lower case as the
 * database writes it, so that it can be compared. The API documents the versions of RFC 9562, which
 * the server creates.
 */
export const uuidInput = () => z.guid().toLowerCase().meta({ pattern: z.regexes.uuid().source })
