import { parseText, type TextShape } from '../../../domain/input-text.ts'
import type { ParseResult } from '../../../domain/input-values.ts'
import type { SourceField, SourceRecord } from './source-record.ts'
import { type DateReading, parseWrittenDay, parseWrittenInstant } from './written-date.ts'
import { parseWrittenFlag } from './written-flag.ts'
import { type DecimalSign, parseWrittenNumber } from './written-number.ts'

/**
 * How the cells of a file are read. In our own format, an odometer of 0 is a reading, not a gap,
 * and amounts were rounded when they were stored.
 */
export type CellReading = {
  decimal: DecimalSign
  dates: DateReading
  isOwnFormat: boolean
}

/** Reads the cells of a record one by one and collects what is wrong with them. */
export class CellReader {
  readonly problems: string[] = []
  readonly #cells: SourceRecord['cells']
  readonly #reading: CellReading

  constructor({ cells }: SourceRecord, reading: CellReading) {
    this.#cells = cells
    this.#reading = reading
  }

  /** The number in a cell; null if it is empty or invalid. */
  readNumber(field: SourceField): number | null {
    return this.#read(field, (text) => parseWrittenNumber(text, this.#reading.decimal))
  }

  /** The reading of an odometer or trip meter. Programs write 0 for one that is missing. */
  readDistance(field: 'odometer' | 'trip'): number | null {
    const value = this.readNumber(field)
    return value === 0 && !this.#reading.isOwnFormat ? null : value
  }

  /** The day in a cell; null if it is empty or invalid. */
  readDay(field: SourceField): string | null {
    return this.#read(field, (text) => parseWrittenDay(text, this.#reading.dates))
  }

  /** The instant in the cells of the date and the time; null if it is missing or invalid. */
  readInstant(): Date | null {
    return this.#read('date', (text) =>
      parseWrittenInstant(text, this.#cells.time, this.#reading.dates),
    )
  }

  /** Yes or no in a cell; null if it is empty or invalid. */
  readFlag(field: SourceField): boolean | null {
    return this.#read(field, (text) => {
      const value = parseWrittenFlag(text)
      return value === null
        ? { problem: `must be yes or no, not ${JSON.stringify(text.slice(0, 40))}` }
        : { value }
    })
  }

  /** The text in a cell; null if it is empty or invalid. A line break in one line is a space. */
  readText(field: SourceField, shape: TextShape = 'line'): string | null {
    const text = this.#read(field, (written) =>
      parseText(shape === 'line' ? written.replaceAll(/[\t\r\n]+/g, ' ') : written, shape),
    )
    return text === '' ? null : text
  }

  /** Adds the problem of a field that is required. */
  require(field: SourceField, value: unknown): void {
    if (value === null && this.#cells[field] === undefined)
      this.problems.push(`${field} is missing.`)
  }

  #read<Value>(field: SourceField, parse: (text: string) => ParseResult<Value>): Value | null {
    const text = this.#cells[field]
    if (text === undefined) return null
    const parsed = parse(text)
    if ('value' in parsed) return parsed.value
    this.problems.push(`${field} ${parsed.problem}.`)
    return null
  }
}
