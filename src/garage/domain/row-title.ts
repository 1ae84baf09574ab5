import { getDayInZone } from './days.ts'
import { COST_KINDS } from './ownership-costs.ts'

const UNTITLED_TABLES = [
  'fuel-logs',
  'maintenance-logs',
  'maintenance-schedules',
  'ownership-costs',
] as const

/** A table whose rows have no title of their own. */
export type UntitledTable = (typeof UNTITLED_TABLES)[number]

/** Whether the rows of a table have no title of their own. */
export const isUntitledTable = (table: unknown): table is UntitledTable =>
  UNTITLED_TABLES.some((untitled) => untitled === table)

/** What the title of a row is made of; the rest of the row does not matter. */
export type UntitledRow = {
  fuelType?: unknown
  dateTime?: unknown
  serviceDate?: unknown
  category?: unknown
  subtypes?: unknown
  kind?: unknown
}

/** The name of the row's vehicle, if it is known; and the time zone of the owner, and the time. */
export type TitleContext = {
  vehicle: string | null
  timeZone: string
  now: Date
}

const MONTH_AND_DAY = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
})

/**
 * Names a row as a person would: `Fill-up, Nov 12, Camry`, `Oil change, Nov 12, Camry`, `Oil change
 * schedule, Camry`, `Insurance, Camry`. Days are the owner's, with the year if it is another one.
 */
export function formatUntitledRow(
  table: UntitledTable,
  row: UntitledRow,
  context: TitleContext,
): string {
  const { now, timeZone, vehicle } = context
  const day = findDay(row, timeZone)
  const written = day === null ? null : formatDay(day, getDayInZone(now, timeZone))
  return [describeKind(table, row), written, vehicle].filter(Boolean).join(', ')
}

function describeKind(table: UntitledTable, row: UntitledRow): string {
  switch (table) {
    case 'fuel-logs':
      return row.fuelType === 'electricity' ? 'Charge' : 'Fill-up'
    case 'maintenance-logs':
      return describeSubtypes(row) ?? 'Service'
    case 'maintenance-schedules':
      return `${describeSubtypes(row) ?? readText(row.category) ?? 'Maintenance'} schedule`
    case 'ownership-costs':
      return findCostLabel(row.kind) ?? 'Ownership cost'
  }
}

/** `Oil change`; of several, `Oil change and 2 more`. Null if there are none. */
function describeSubtypes({ subtypes }: UntitledRow): string | null {
  const [first, ...others] = Array.isArray(subtypes) ? subtypes.map(String) : []
  if (first === undefined) return null
  return others.length === 0 ? first : `${first} and ${others.length} more`
}

const findCostLabel = (kind: unknown): string | undefined =>
  Object.entries(COST_KINDS).find(([name]) => name === kind)?.[1]

const readText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** The day of a row: its service date, or that of its instant in the time zone of the owner. */
function findDay({ dateTime, serviceDate }: UntitledRow, timeZone: string): string | null {
  const at = typeof dateTime === 'string' ? new Date(dateTime) : null
  if (at !== null) return Number.isNaN(at.getTime()) ? null : getDayInZone(at, timeZone)
  return typeof serviceDate === 'string' && /^\d{4}-\d\d-\d\d$/.test(serviceDate)
    ? serviceDate
    : null
}

/** `Nov 12`, or `Nov 12, 2024` if it is not this year. */
function formatDay(day: string, today: string): string {
  const text = MONTH_AND_DAY.format(new Date(`${day}T00:00:00Z`))
  const year = day.slice(0, 'YYYY'.length)
  return today.startsWith(year) ? text : `${text}, ${year}`
}
