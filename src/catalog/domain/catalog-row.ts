import { z } from 'zod'
import { lineInput } from '../../domain/input-schemas.ts'
import { type ParseResult, parseNumber, quoteValue } from '../../domain/input-values.ts'
import type { CatalogHeader } from './catalog-header.ts'

/** One combination that a model was sold with. An unknown engine or transmission is null. */
export type CatalogRow = {
  year: number
  make: string
  model: string
  trim: string
  engine: string | null
  transmission: string | null
}

const FIRST_YEAR = 1900
/** What a decoder of UTF-8 puts in the place of invalid bytes. */
const REPLACEMENT = '\uFFFD'

/**
 * Creates the parser for the lines of a catalog file, with the lengths of the columns. `lastYear`
 * is the latest model year that is allowed. A problem names every cell that is not valid.
 */
export function createRowParser(header: CatalogHeader, columns: number, lastYear: number) {
  const schema = buildSchema(lastYear)
  const getCell = (cells: readonly string[], index: number | null) =>
    index === null ? '' : (cells[index] ?? '')
  return (cells: readonly string[]): ParseResult<CatalogRow> => {
    if (cells.length !== columns)
      return { problem: `the line has ${cells.length} cells, but the first line has ${columns}` }
    const parsed = schema.safeParse({
      year: getCell(cells, header.year),
      make: getCell(cells, header.make),
      model: getCell(cells, header.model),
      trim: getCell(cells, header.trim),
      engine: getCell(cells, header.engine),
      transmission: getCell(cells, header.transmission),
    })
    return parsed.success ? { value: parsed.data } : { problem: describeIssues(parsed.error) }
  }
}

const buildSchema = (lastYear: number) =>
  z.object({
    year: buildYearSchema(lastYear),
    make: requiredText(100),
    model: requiredText(255),
    trim: requiredText(255),
    engine: optionalText(255),
    transmission: optionalText(100),
  })

const buildYearSchema = (lastYear: number) =>
  z.string().transform((written, context) => {
    const read = parseNumber(written.trim())
    const year = 'value' in read ? read.value : NaN
    if (Number.isInteger(year) && year >= FIRST_YEAR && year <= lastYear) return year
    const message = `must be a year from ${FIRST_YEAR} to ${lastYear}, not ${quoteValue(written)}`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

const limitedText = (length: number) =>
  lineInput()
    .refine((text) => !text.includes(REPLACEMENT), 'has bytes that are not UTF-8')
    .refine((text) => text.length <= length, `has more than ${length} characters`)

const requiredText = (length: number) =>
  limitedText(length).refine((text) => text !== '', 'is empty')

const optionalText = (length: number) => limitedText(length).transform((text) => text || null)

const describeIssues = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
