/** What a file is about: the program that wrote it, our own export, or a table with any columns. */
export const IMPORT_FORMATS = [
  'forecourt',
  'fuelio',
  'fuelly',
  'drivvo',
  'lubelogger',
  'csv',
] as const

export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** How the formats are named to people. */
export const FORMAT_LABELS: Readonly<Record<ImportFormat, string>> = {
  forecourt: 'Forecourt',
  fuelio: 'Fuelio',
  fuelly: 'Fuelly',
  drivvo: 'Drivvo',
  lubelogger: 'LubeLogger',
  csv: 'CSV table',
}

/** The rows that can be imported. Only our own export has schedules and ownership costs. */
export const ROW_KINDS = ['fuel', 'maintenance', 'schedule', 'cost'] as const

export type RowKind = (typeof ROW_KINDS)[number]

/** What a column of a file can contain. */
export const SOURCE_FIELDS = [
  'date',
  'year',
  'month',
  'day',
  'time',
  'odometer',
  'trip',
  'amount',
  'price',
  'total',
  'full',
  'partial',
  'missed',
  'fuelType',
  'fuelGrade',
  'station',
  'location',
  'category',
  'title',
  'subtypes',
  'shop',
  'notes',
  'tags',
  'intervalMonths',
  'intervalMiles',
  'anchor',
  'lastServiceDate',
  'lastServiceMiles',
  'nextDueDate',
  'nextDueMiles',
  'dueSoonDays',
  'dueSoonMiles',
  'notify',
  'endDate',
] as const

export type SourceField = (typeof SOURCE_FIELDS)[number]

/** One line of a file, or one record of several lines: its first line, and its cells. */
export type TableRow = { line: number; cells: readonly string[] }

/** A row of a file by the meaning of its cells, as written there. Empty cells are left out. */
export type SourceRecord = {
  line: number
  kind: RowKind
  cells: Readonly<Partial<Record<SourceField, string>>>
}

/** A row that is not imported, and why. */
export type RefusedRow = { line: number; reasons: readonly string[] }

/** A file by the meaning of its cells. `headers` say which units the file is in, if any do. */
export type SourceFile = {
  headers: readonly string[]
  records: SourceRecord[]
  refused: RefusedRow[]
}

/** Returns the cells of a record without the empty ones. */
export function keepFilled(
  cells: Readonly<Partial<Record<SourceField, string | undefined>>>,
): SourceRecord['cells'] {
  return Object.fromEntries(
    Object.entries(cells).flatMap(([field, text]) => {
      const trimmed = text?.trim() ?? ''
      return trimmed === '' ? [] : [[field, trimmed]]
    }),
  )
}
