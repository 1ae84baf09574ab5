import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type Delimiter, detectDelimiter } from './domain/delimiter.ts'
import type { TableRow } from './domain/source-record.ts'
import { RefusedImport } from './refused-import.ts'
import { describeCsvProblem } from '../../domain/csv-problem.ts'
import { decodeUtf8 } from '../../domain/utf8.ts'

/** The maximum number of bytes of a file to import. */
export const MAX_FILE_BYTES = 5_000_000
/** The maximum number of its rows. */
export const MAX_IMPORT_ROWS = 20_000
/** A longer record means that a quote is not closed. */
const MAX_RECORD_BYTES = 100_000

const RECORDS = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
)

/** The rows of a file without its empty ones, and the delimiter between their cells. */
export type FileRows = { rows: TableRow[]; delimiter: Delimiter }

/**
 * Reads the rows of a CSV file: UTF-8 with or without a byte order mark, any line breaks, with or
 * without one at the end. Throws a RefusedImport that says how to correct the file.
 */
export function readRows(bytes: Uint8Array, chosen?: Delimiter): FileRows {
  const text = decodeText(bytes)
  const delimiter = chosen ?? detectDelimiter(text)
  const rows = parseRows(text, delimiter).filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (rows.length === 0)
    throw new RefusedImport('The file is empty. Choose the file that the other program exported.')
  if (rows.length > MAX_IMPORT_ROWS)
    throw new RefusedImport(
      `The file has ${rows.length} rows, and the limit is ${MAX_IMPORT_ROWS}. Split it into ` +
        'several files, each with its header, and import them one after the other.',
    )
  return { rows, delimiter }
}

function decodeText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes)
  const hasNul = text?.includes('\0') === true
  if (text !== null && !hasNul) return text.replaceAll(/\r\n?/g, '\n')
  const isWide = [0xfe, 0xff].includes(bytes[0] ?? 0) || hasNul
  throw new RefusedImport(
    `The file is not UTF-8 text${isWide ? ', it may be UTF-16 or not a CSV file' : ''}. Save it ` +
      'as “CSV UTF-8” in your spreadsheet program, or export it again as UTF-8.',
  )
}

function parseRows(text: string, delimiter: Delimiter): TableRow[] {
  try {
    const parsed: unknown = parse(text, {
      delimiter,
      info: true,
      max_record_size: MAX_RECORD_BYTES,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
    })
    return countLines(RECORDS.parse(parsed))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new RefusedImport(
      `The file is not valid CSV at line ${String(error['lines'])}: ${describeCsvProblem(error)} ` +
        'Correct the line, or export the file again.',
    )
  }
}

/** The parser counts the line on which a record ends; a record begins after the one before it. */
const countLines = (records: z.output<typeof RECORDS>): TableRow[] =>
  records.map(({ record, info }) => ({
    line: info.lines - record.reduce((sum, cell) => sum + countBreaks(cell), 0),
    cells: record,
  }))

const countBreaks = (cell: string): number => cell.split('\n').length - 1
