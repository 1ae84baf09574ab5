import { stringify } from 'csv-stringify/sync'
import { isFormula } from '../../../src/domain/csv.ts'
import type { FeedCar } from '../domain/feed-car.ts'
import type { Cell, FeedColumn, FeedContext } from '../domain/feed.ts'
import { joinLines } from '../domain/safe-text.ts'
import { cleanText } from './clean-text.ts'

/** How a CSV file writes its cells: what replaces a line break. */
export type CsvOptions = { lineBreak: string }

/** The line of names. */
export const writeCsvHeader = (columns: readonly FeedColumn[]): string =>
  formatRows([columns.map(({ name }) => toSafeCell(name, {}, ' '))])

/** One line for each car. Texts are quoted, so that numbers in texts keep their zeros. */
export const writeCsvCars = (
  cars: readonly FeedCar[],
  columns: readonly FeedColumn[],
  context: FeedContext,
  { lineBreak }: CsvOptions,
): string =>
  formatRows(
    cars.map((car) =>
      columns.map((column) => toSafeCell(column.read(car, context), column, lineBreak)),
    ),
  )

const formatRows = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify([...rows], { quoted_string: true, record_delimiter: 'windows' })

/** An international number, which receivers dial as it is: `+1 (213) 555-0100`. */
const PHONE_NUMBER = /^\+\d[\d\s().-]{5,30}$/

/** A value on one line; a text that a spreadsheet would run gets an apostrophe in front. */
function toSafeCell(
  cell: Cell,
  column: Pick<FeedColumn, 'max' | 'html'>,
  lineBreak: string,
): string | number | null {
  if (cell === null || typeof cell === 'number') return cell
  const text = joinLines(cleanText(toText(cell), column), lineBreak)
  return isFormula(text) && !PHONE_NUMBER.test(text) ? `'${text}` : text
}

const toText = (cell: Exclude<Cell, number | null>): string =>
  typeof cell === 'object' ? cell.join(', ') : String(cell)
