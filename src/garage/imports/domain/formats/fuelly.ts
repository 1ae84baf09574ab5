import { isFuellyRow } from '../detect-format.ts'
import { keepFilled, type SourceFile, type SourceRecord, type TableRow } from '../source-record.ts'

/** Reads the table of Fuelly, whose columns are known by their order only. */
export function readFuelly(rows: readonly TableRow[]): SourceFile {
  const [first, ...others] = rows
  const hasHeader = first !== undefined && !isFuellyRow(first.cells)
  const body = hasHeader ? others : rows
  const known = body.filter(({ cells }) => isFuellyRow(cells))
  const refused = body
    .filter((row) => !known.includes(row))
    .map(({ line, cells }) => ({
      line,
      reasons: [`The first cell must be Gas or Service, not ${JSON.stringify(cells[0] ?? '')}.`],
    }))
  return { headers: hasHeader ? first.cells : [], records: known.map(toRecord), refused }
}

function toRecord({ line, cells }: TableRow): SourceRecord {
  const [, , date, time, , odometer, full, price, amount, total] = cells
  const [octane, brand, location, tags, , , notes, services] = cells.slice(10)
  const common = { date, odometer, total, notes, tags }
  if (cells[0]?.trim().toLowerCase() === 'service')
    return {
      line,
      kind: 'maintenance',
      cells: keepFilled({ ...common, title: services, shop: location }),
    }
  const place = [brand, location].filter((part) => part?.trim()).join(', ')
  const fill = { time, full, price, amount, fuelGrade: octane, location: place }
  return { line, kind: 'fuel', cells: keepFilled({ ...common, ...fill }) }
}
