import { amountToCents, centsToAmount } from '../../../domain/money.ts'
import { COST_KIND_NAMES } from '../../domain/ownership-costs.ts'
import { CellReader, type CellReading } from './read-cells.ts'
import type { ReadResult } from './read-fill.ts'
import type { CostRow } from './row-values.ts'
import type { SourceRecord } from './source-record.ts'

/** Reads an ownership cost of our own export, with the rules of its collection. */
export function readCost(record: SourceRecord, reading: CellReading): ReadResult<CostRow> {
  const cells = new CellReader(record, reading)
  const kind = readKind(cells)
  const amount = cells.readNumber('total')
  const intervalMonths = cells.readNumber('intervalMonths')
  const startDate = cells.readDay('date')
  const endDate = cells.readDay('endDate')
  const texts = { title: cells.readText('title'), notes: cells.readText('notes', 'lines') }
  cells.require('total', amount)
  cells.require('intervalMonths', intervalMonths)
  cells.require('date', startDate)
  if (startDate !== null && endDate !== null && endDate < startDate)
    cells.problems.push(`endDate must not be earlier than ${startDate}, not ${endDate}.`)
  if (kind === null || amount === null || intervalMonths === null || startDate === null)
    return { reasons: cells.problems }
  if (cells.problems.length > 0) return { reasons: cells.problems }
  const rounded = centsToAmount(amountToCents(amount))
  const row = { kind, amount: rounded, intervalMonths, startDate, endDate, ...texts }
  return { row, warnings: [] }
}

function readKind(cells: CellReader): CostRow['kind'] | null {
  const text = cells.readText('category')
  const kind = COST_KIND_NAMES.find((name) => name === text) ?? null
  if (kind === null)
    cells.problems.push(
      `category must be one of ${COST_KIND_NAMES.join(', ')}, not ${JSON.stringify(text ?? '')}.`,
    )
  return kind
}
