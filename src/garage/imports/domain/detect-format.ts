import { findSection, isDrivvoSection, isFuelioSection } from './sections.ts'
import type { ImportFormat, TableRow } from './source-record.ts'
import { hasDateParts, isLubeloggerHeader, mapHeader } from './table-header.ts'

/** The first column of our own export. */
export const FORECOURT_MARK = 'forecourt_record'

/** Fuelly's files have this many columns, in a fixed order. */
const FUELLY_COLUMNS = 18
const FUELLY_KINDS = ['gas', 'service']

/** Finds which program wrote a file, by its headers and sections; `csv` if none is known. */
export function detectFormat(rows: readonly TableRow[]): ImportFormat {
  const sections = rows.flatMap(({ cells }) => findSection(cells) ?? [])
  if (sections.some(isFuelioSection)) return 'fuelio'
  if (sections.some(isDrivvoSection)) return 'drivvo'
  const header = rows[0]?.cells ?? []
  if (header[0]?.trim() === FORECOURT_MARK) return 'forecourt'
  if (isFuelly(rows)) return 'fuelly'
  const mapping = mapHeader(header)
  const hasDate = mapping.date !== undefined || hasDateParts(mapping)
  const isKnown = hasDate && mapping.odometer !== undefined
  return isKnown && isLubeloggerHeader(header) ? 'lubelogger' : 'csv'
}

function isFuelly(rows: readonly TableRow[]): boolean {
  const header = rows[0]?.cells ?? []
  const isHeader = /^type$/i.test(header[0]?.trim() ?? '') && header.length >= FUELLY_COLUMNS - 1
  return isHeader || rows.slice(0, 5).some(({ cells }) => isFuellyRow(cells))
}

/** Whether a row is a fill or a service in the order of Fuelly's columns. */
export const isFuellyRow = (cells: readonly string[]): boolean =>
  cells.length >= FUELLY_COLUMNS - 1 && FUELLY_KINDS.includes(cells[0]?.trim().toLowerCase() ?? '')
