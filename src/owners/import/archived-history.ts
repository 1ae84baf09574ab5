import {
  keepFilled,
  type RowKind,
  type SourceField,
  type SourceRecord,
} from '../../garage/imports/domain/source-record.ts'
import type { ArchivedRow } from './read-archive.ts'

/** The tables with the history of vehicles. */
export const HISTORY_TABLES = [
  'fuel-logs',
  'maintenance-logs',
  'maintenance-schedules',
  'ownership-costs',
] as const

export type HistoryTable = (typeof HISTORY_TABLES)[number]

/** The kind of row that each table has. */
export const HISTORY_KINDS = {
  'fuel-logs': 'fuel',
  'maintenance-logs': 'maintenance',
  'maintenance-schedules': 'schedule',
  'ownership-costs': 'cost',
} as const satisfies Record<HistoryTable, RowKind>

/** The fields of each kind of row, by what the importer calls them. */
const FIELDS: Readonly<Record<RowKind, Partial<Record<SourceField, string>>>> = {
  fuel: {
    date: 'dateTime',
    odometer: 'odometer',
    trip: 'tripDistance',
    amount: 'fuelUnits',
    price: 'costPerUnit',
    total: 'totalCost',
    full: 'isFullFill',
    missed: 'missedFill',
    fuelType: 'fuelType',
    fuelGrade: 'fuelGrade',
    station: 'station',
    location: 'locationData',
    notes: 'notes',
  },
  maintenance: {
    date: 'serviceDate',
    odometer: 'odometer',
    total: 'cost',
    category: 'category',
    subtypes: 'subtypes',
    shop: 'shopName',
    notes: 'notes',
  },
  schedule: {
    category: 'category',
    subtypes: 'subtypes',
    intervalMonths: 'intervalMonths',
    intervalMiles: 'intervalMiles',
    anchor: 'anchor',
    lastServiceDate: 'enteredServiceDate',
    lastServiceMiles: 'enteredServiceMileage',
    nextDueDate: 'enteredDueDate',
    nextDueMiles: 'enteredDueMileage',
    dueSoonDays: 'dueSoonDays',
    dueSoonMiles: 'dueSoonMiles',
    notify: 'emailNotifications',
    notes: 'notes',
  },
  cost: {
    category: 'kind',
    title: 'title',
    total: 'amount',
    intervalMonths: 'intervalMonths',
    date: 'startDate',
    endDate: 'endDate',
    notes: 'notes',
  },
}

/** A row of an export as a record of the importer, whose `line` is its place in the table. */
export function toSourceRecord(table: HistoryTable, row: ArchivedRow, line: number): SourceRecord {
  const kind = HISTORY_KINDS[table]
  const cells = Object.entries(FIELDS[kind]).map(([field, name]) => [field, toText(row[name])])
  return { line, kind, cells: keepFilled(Object.fromEntries(cells) as SourceRecord['cells']) }
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
