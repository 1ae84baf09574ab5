import { formatCsvLine } from '../../domain/csv.ts'
import { FORECOURT_COLUMNS, FORECOURT_HEADER } from '../imports/domain/formats/forecourt.ts'
import type { ImportRow } from '../imports/domain/row-values.ts'
import type { SourceField } from '../imports/domain/source-record.ts'

type Cells = Partial<Record<SourceField, string | number | boolean | null>>

/**
 * Writes the history of a vehicle in our own format, which our import reads back to the same rows:
 * in miles and US gallons as stored, with times in UTC and subtypes as a JSON list. It begins with
 * a byte order mark, so that spreadsheets read it as UTF-8.
 */
export function writeHistoryCsv(rows: readonly ImportRow[]): string {
  const lines = rows.map((row) => formatRow(row.kind, toCells(row)))
  return `\ufeff${formatCsvLine(FORECOURT_HEADER)}${lines.join('')}`
}

const FIELDS = Object.keys(FORECOURT_COLUMNS) as (keyof typeof FORECOURT_COLUMNS)[]

const formatRow = (kind: ImportRow['kind'], cells: Cells): string =>
  formatCsvLine([kind, ...FIELDS.map((field) => cells[field])])

const toList = (subtypes: readonly string[] | null): string | null =>
  subtypes === null ? null : JSON.stringify(subtypes)

function toCells({ kind, values }: ImportRow): Cells {
  switch (kind) {
    case 'fuel':
      return {
        date: values.dateTime,
        odometer: values.odometer,
        trip: values.tripDistance,
        amount: values.fuelUnits,
        price: values.costPerUnit,
        total: values.totalCost,
        full: values.isFullFill,
        missed: values.missedFill,
        fuelType: values.fuelType,
        fuelGrade: values.fuelGrade,
        station: values.station,
        location: values.locationData,
        notes: values.notes,
      }
    case 'maintenance':
      return {
        date: values.serviceDate,
        odometer: values.odometer,
        total: values.cost,
        category: values.category,
        subtypes: toList(values.subtypes),
        shop: values.shopName,
        notes: values.notes,
      }
    case 'schedule':
      return {
        category: values.category,
        subtypes: toList(values.subtypes),
        notes: values.notes,
        intervalMonths: values.intervalMonths,
        intervalMiles: values.intervalMiles,
        anchor: values.anchor,
        lastServiceDate: values.enteredServiceDate,
        lastServiceMiles: values.enteredServiceMileage,
        nextDueDate: values.enteredDueDate,
        nextDueMiles: values.enteredDueMileage,
        dueSoonDays: values.dueSoonDays,
        dueSoonMiles: values.dueSoonMiles,
        notify: values.emailNotifications,
      }
    case 'cost':
      return {
        category: values.kind,
        title: values.title,
        date: values.startDate,
        endDate: values.endDate,
        total: values.amount,
        intervalMonths: values.intervalMonths,
        notes: values.notes,
      }
  }
}
