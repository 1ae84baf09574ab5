import { splitSections } from '../sections.ts'
import {
  keepFilled,
  type RefusedRow,
  type SourceFile,
  type SourceRecord,
  type TableRow,
} from '../source-record.ts'

const FILLS = ['', 'refuelling', 'refueling']
const SERVICES = ['service', 'expense']

/** Reads the file of Drivvo: refuelings first, then sections of services and of expenses. */
export function readDrivvo(rows: readonly TableRow[]): SourceFile {
  const headers: string[] = []
  const records: SourceRecord[] = []
  const refused: RefusedRow[] = []
  for (const { name, rows: all } of splitSections(rows)) {
    const [first, ...others] = all
    const hasHeader = first !== undefined && !/\d/.test(first.cells[0] ?? '')
    if (hasHeader) headers.push(...first.cells)
    const body = hasHeader ? others : all
    if (FILLS.includes(name)) records.push(...body.map(toFill))
    else if (SERVICES.includes(name)) records.push(...body.map(toService))
    else refused.push(...body.map(({ line }) => ({ line, reasons: [describeSection(name)] })))
  }
  return { headers, records, refused }
}

function toFill({ line, cells }: TableRow): SourceRecord {
  const [odometer, date, fuelType, price, total, amount, full] = cells
  const [location, reason, notes] = cells.slice(17)
  const all = joinNotes(notes, reason)
  const filled = keepFilled({ odometer, date, fuelType, price, total, amount, full, location })
  return { line, kind: 'fuel', cells: { ...filled, ...(all && { notes: all }) } }
}

function toService({ line, cells }: TableRow): SourceRecord {
  const [odometer, date, total, title, shop, notes] = cells
  return {
    line,
    kind: 'maintenance',
    cells: keepFilled({ odometer, date, total, title, shop, notes }),
  }
}

const joinNotes = (...parts: (string | undefined)[]): string =>
  parts.flatMap((part) => part?.trim() || []).join('\n')

const describeSection = (name: string): string =>
  `Rows of the section "${name}" are neither fuel nor maintenance, so they are not imported.`
