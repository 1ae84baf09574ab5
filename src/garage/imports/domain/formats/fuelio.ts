import { foldHeader } from '../header-name.ts'
import { splitSections } from '../sections.ts'
import {
  keepFilled,
  type RefusedRow,
  type SourceFile,
  type SourceRecord,
  type TableRow,
} from '../source-record.ts'
import { parseWrittenFlag } from '../written-flag.ts'

/** A row of a section by the names of its columns, in lower case and without units. */
type NamedRow = { line: number; cells: ReadonlyMap<string, string> }

type Named = { header: readonly string[]; rows: NamedRow[] }

/** Reads the backup of Fuelio: a file with sections, each with a header of its own. */
export function readFuelio(rows: readonly TableRow[]): SourceFile {
  const sections = splitSections(rows)
  const readSection = (name: string): Named =>
    nameCells(sections.filter((section) => section.name === name).flatMap((one) => one.rows))
  const log = readSection('log')
  const costs = readSection('costs')
  const categories = new Map(
    readSection('costcategories').rows.map(({ cells }) => [
      cells.get('costtypeid') ?? '',
      cells.get('name') ?? '',
    ]),
  )
  const refused: RefusedRow[] = []
  const services = costs.rows.flatMap((row) => {
    const reason = findCostProblem(row)
    if (reason !== null) refused.push({ line: row.line, reasons: [reason] })
    return reason === null ? [toService(row, categories)] : []
  })
  const headers = [...log.header, ...costs.header]
  return { headers, records: [...log.rows.map(toFill), ...services], refused }
}

function nameCells(rows: readonly TableRow[]): Named {
  const [header, ...others] = rows
  const names = (header?.cells ?? []).map(foldHeader)
  return {
    header: header?.cells ?? [],
    rows: others.map(({ line, cells }) => ({
      line,
      cells: new Map(names.map((name, index) => [name, cells[index] ?? ''])),
    })),
  }
}

function toFill({ line, cells }: NamedRow): SourceRecord {
  const total = cells.get('price')
  const price = cells.get('volumeprice')
  return {
    line,
    kind: 'fuel',
    cells: keepFilled({
      date: cells.get('data'),
      odometer: cells.get('odo'),
      amount: cells.get('fuel'),
      full: cells.get('full'),
      total: isZero(total) && !isZero(price) ? '' : total,
      price: isZero(price) ? '' : price,
      location: cells.get('city'),
      notes: cells.get('notes'),
      missed: cells.get('missed'),
    }),
  }
}

/** Fuelio writes 0 for a price that was not entered. */
const isZero = (text: string | undefined): boolean => /^[\s0.,]*$/.test(text ?? '')

const isYes = (text: string | undefined): boolean => parseWrittenFlag(text ?? '') === true

function findCostProblem({ cells }: NamedRow): string | null {
  if (isYes(cells.get('istemplate')))
    return 'This is a template for reminders, not a cost. Create a maintenance schedule instead.'
  return isYes(cells.get('isincome')) ? 'This is an income, and only costs are imported.' : null
}

function toService(
  { line, cells }: NamedRow,
  categories: ReadonlyMap<string, string>,
): SourceRecord {
  const odometer = cells.get('odo')
  return {
    line,
    kind: 'maintenance',
    cells: keepFilled({
      date: cells.get('date'),
      odometer: isZero(odometer) ? '' : odometer,
      category: categories.get(cells.get('costtypeid') ?? ''),
      title: cells.get('costtitle'),
      total: cells.get('cost'),
      notes: cells.get('notes'),
    }),
  }
}
