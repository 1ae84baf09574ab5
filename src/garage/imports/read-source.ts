import type { ImportQuestion } from './domain/detect-options.ts'
import { readDrivvo } from './domain/formats/drivvo.ts'
import { readForecourt } from './domain/formats/forecourt.ts'
import { readFuelio } from './domain/formats/fuelio.ts'
import { readFuelly } from './domain/formats/fuelly.ts'
import { readTable } from './domain/formats/table.ts'
import type {
  ImportFormat,
  RowKind,
  SourceField,
  SourceFile,
  TableRow,
} from './domain/source-record.ts'
import {
  applyChosenColumns,
  type ColumnMapping,
  findMissingColumns,
  mapHeader,
} from './domain/table-header.ts'
import { RefusedImport } from './refused-import.ts'

/** The formats whose columns are found by the names in their header. */
const isTable = (format: ImportFormat): boolean => format === 'lubelogger' || format === 'csv'

/** What columns are chosen for a table, and which kind of rows it has; the rest is detected. */
export type ColumnChoices = {
  rows?: RowKind | undefined
  mapping: Readonly<Partial<Record<SourceField, string | null>>>
}

/** The columns of a table by what they contain, and a question for each that is missing. */
export function mapColumns(
  rows: readonly TableRow[],
  format: ImportFormat,
  { mapping: chosen, rows: kind }: ColumnChoices,
): { mapping: ColumnMapping; questions: ImportQuestion[] } {
  if (!isTable(format)) return { mapping: {}, questions: [] }
  const header = rows[0]?.cells ?? []
  const result = applyChosenColumns(header, mapHeader(header), chosen)
  if ('problem' in result) throw new RefusedImport(result.problem)
  const missing = findMissingColumns(result.mapping, kind ?? null)
  const questions = missing.map((field) => ({
    option: `mapping.${field}`,
    question: `Which column contains the ${field}?`,
    choices: header.map((name) => ({ value: name, label: name })),
  }))
  return { mapping: result.mapping, questions }
}

/** The columns of a table, and their names by what they contain. Empty for other formats. */
export type NamedColumns = {
  columns: readonly string[]
  mapping: Readonly<Partial<Record<SourceField, string>>>
}

/** Names the columns of a table, and those that were found. */
export const nameColumns = (
  rows: readonly TableRow[],
  format: ImportFormat,
  mapping: ColumnMapping,
): NamedColumns => {
  const columns = isTable(format) ? (rows[0]?.cells ?? []) : []
  const named = Object.entries(mapping).map(([field, index]) => [field, columns[index] ?? ''])
  return { columns, mapping: Object.fromEntries(named) as NamedColumns['mapping'] }
}

/** Reads the rows of a file by the meaning of their cells. */
export function readSource(
  rows: readonly TableRow[],
  format: ImportFormat,
  mapping: ColumnMapping,
  kind: RowKind | null,
): SourceFile {
  switch (format) {
    case 'forecourt':
      return readForecourt(rows)
    case 'fuelio':
      return readFuelio(rows)
    case 'fuelly':
      return readFuelly(rows)
    case 'drivvo':
      return readDrivvo(rows)
    case 'lubelogger':
    case 'csv':
      return readTable(rows, mapping, kind)
  }
}
