import {
  keepFilled,
  type RowKind,
  SOURCE_FIELDS,
  type SourceFile,
  type SourceRecord,
  type TableRow,
} from '../source-record.ts'
import { type ColumnMapping, hasDateParts } from '../table-header.ts'

/** What the types of LubeLogger's records are called in the catalog of maintenance. */
const LUBELOGGER_TYPES: ReadonlyMap<string, string> = new Map([
  ['servicerecord', 'Routine maintenance'],
  ['repairrecord', 'Repair'],
  ['upgraderecord', 'Performance upgrade'],
])

/**
 * Reads a table with a header by the columns that contain its values. A row with an amount of fuel
 * is a fill, and any other a service, unless `kind` says what all of them are.
 */
export function readTable(
  rows: readonly TableRow[],
  mapping: ColumnMapping,
  kind: RowKind | null,
): SourceFile {
  const [header, ...body] = rows
  return {
    headers: header?.cells ?? [],
    records: body.map((row) => toRecord(row, mapping, kind)),
    refused: [],
  }
}

function toRecord(
  { line, cells }: TableRow,
  mapping: ColumnMapping,
  kind: RowKind | null,
): SourceRecord {
  const found = SOURCE_FIELDS.flatMap((field) => {
    const index = mapping[field]
    return index === undefined ? [] : [[field, cells[index]] as const]
  })
  const filled = keepFilled(Object.fromEntries(found))
  const type = LUBELOGGER_TYPES.get(filled.category?.toLowerCase() ?? '')
  return {
    line,
    kind: kind ?? (mapping.amount === undefined ? 'maintenance' : 'fuel'),
    cells: {
      ...filled,
      ...(type && { category: type }),
      ...(!filled.date && hasDateParts(mapping) && { date: joinDate(filled) }),
    },
  }
}

/** A date that is in three columns, as `2026-3-31`. */
const joinDate = ({ day = '', month = '', year = '' }: SourceRecord['cells']): string =>
  `${year}-${month}-${day}`
