import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { z } from 'zod'
import { describeCsvProblem } from '../domain/csv-problem.ts'
import { UserError } from '../user-error.ts'

/** One line of a CSV file: its number, its cells, and how many bytes of the file end with it. */
export type CsvLine = {
  number: number
  cells: readonly string[]
  bytes: number
}

/** A longer record means that a quote is not closed. */
const MAX_RECORD_BYTES = 100_000

const RECORD = z.object({
  record: z.array(z.string()),
  info: z.object({ lines: z.number(), bytes_records: z.number() }),
})

/**
 * Reads the lines of a CSV file: UTF-8 with or without a byte order mark, separated by commas, with
 * quoted cells and any line breaks. Empty lines are skipped. Throws a UserError for a file that
 * cannot be read, and for one whose quotes are wrong, because it is unclear where its lines end.
 */
export async function* readCsvLines(file: string): AsyncGenerator<CsvLine> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
  })
  pipeline(createReadStream(file), parser, () => undefined) // the loop throws the error
  try {
    for await (const parsed of parser) {
      const { record, info } = RECORD.parse(parsed)
      yield { number: info.lines, cells: record, bytes: info.bytes_records }
    }
  } catch (error) {
    throw explainError(file, error)
  }
}

function explainError(file: string, error: unknown): unknown {
  if (error instanceof CsvError)
    return new UserError(
      `${file} is not valid CSV at line ${String(error['lines'])}: ${describeCsvProblem(error)} ` +
        'Correct the line and run the import again. Nothing was imported.',
      { cause: error },
    )
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return new UserError(
      `${file} cannot be read (${error.code}). Check its path and its permissions. Nothing was ` +
        'imported.',
      { cause: error },
    )
  return error
}
