import { FORECOURT_MARK } from '../detect-format.ts'
import {
  keepFilled,
  type RefusedRow,
  ROW_KINDS,
  SOURCE_FIELDS,
  type SourceFile,
  type SourceField,
  type SourceRecord,
  type TableRow,
} from '../source-record.ts'

/** The columns of our own export, by what they contain, in their order. */
export const FORECOURT_COLUMNS = {
  date: 'date',
  odometer: 'odometer_mi',
  trip: 'trip_distance_mi',
  amount: 'fuel_amount',
  price: 'price_per_unit',
  total: 'total_cost',
  full: 'filled_up',
  missed: 'missed_fill',
  fuelType: 'fuel_type',
  fuelGrade: 'fuel_grade',
  station: 'station_id',
  location: 'location',
  category: 'category',
  subtypes: 'subtypes',
  shop: 'shop',
  notes: 'notes',
  intervalMonths: 'interval_months',
  intervalMiles: 'interval_mi',
  anchor: 'count_from',
  lastServiceDate: 'last_service_date',
  lastServiceMiles: 'last_service_mi',
  nextDueDate: 'next_due_date',
  nextDueMiles: 'next_due_mi',
  dueSoonDays: 'due_soon_days',
  dueSoonMiles: 'due_soon_mi',
  notify: 'email_owner',
  title: 'title',
  endDate: 'end_date',
} as const satisfies Partial<Record<SourceField, string>>

/** The header of our own export. */
export const FORECOURT_HEADER = [FORECOURT_MARK, ...Object.values(FORECOURT_COLUMNS)]

/** Reads our own export, whose texts begin with an apostrophe where a spreadsheet needs one. */
export function readForecourt(rows: readonly TableRow[]): SourceFile {
  const [header, ...body] = rows
  const names = (header?.cells ?? []).map((name) => name.trim())
  const records: SourceRecord[] = []
  const refused: RefusedRow[] = []
  for (const { line, cells } of body) {
    const kind = ROW_KINDS.find((one) => one === cells[0]?.trim())
    const read = (column: string) => removeGuard(cells[names.indexOf(column)] ?? '')
    if (kind === undefined) refused.push({ line, reasons: [describeKind(cells[0] ?? '')] })
    else {
      const found = SOURCE_FIELDS.flatMap((field) => {
        const column = (FORECOURT_COLUMNS as Partial<Record<SourceField, string>>)[field]
        return column === undefined ? [] : [[field, read(column)] as const]
      })
      records.push({ line, kind, cells: keepFilled(Object.fromEntries(found)) })
    }
  }
  return { headers: [], records, refused }
}

/** Removes the apostrophe that keeps a spreadsheet from running a text as a formula. */
const removeGuard = (text: string): string => (text.startsWith("'") ? text.slice(1) : text)

const describeKind = (text: string): string =>
  `${FORECOURT_MARK} must be one of ${ROW_KINDS.join(', ')}, not ${JSON.stringify(text)}.`
