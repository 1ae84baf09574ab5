import type { z } from 'zod'
import { formatCount } from '../../domain/format-count.ts'
import { amountToCents, formatExactMoney, formatUnitPrice } from '../../domain/money.ts'
import type { Document, Vehicle } from '../../generated/payload-types.ts'
import { getDayInZone } from '../domain/days.ts'
import type { Figure } from '../domain/figure.ts'
import { COST_KINDS } from '../domain/ownership-costs.ts'
import { fromWholeMiles, type OwnerUnits, UNIT_NAMES } from '../domain/units.ts'
import type { VEHICLE_DUE } from '../endpoints/due-schemas.ts'
import type { VEHICLE_FILLS, VEHICLE_STATS } from '../endpoints/stats-schemas.ts'
import type { HistoryRow } from '../store/imports.ts'
import type { PaperFile } from './papers.ts'
import type { Report, ReportColumn, ReportSection } from './report.ts'

/** Everything that the history of a vehicle consists of, in the units of its owner. */
export type VehicleHistory = {
  vehicle: Vehicle
  units: OwnerUnits
  now: Date
  rows: readonly HistoryRow[]
  fills: z.input<typeof VEHICLE_FILLS>['docs']
  stats: z.input<typeof VEHICLE_STATS>
  due: z.input<typeof VEHICLE_DUE>['vehicle']
  documents: readonly Document[]
  papers: readonly PaperFile[]
}

/** Builds the history of a vehicle for its owner or a buyer, newest first. */
export function buildHistoryReport(history: VehicleHistory): Report {
  const { now, units, vehicle } = history
  const today = formatDay(getDayInZone(now, units.timeZone))
  return {
    title: vehicle.title ?? 'Vehicle',
    subtitle: `Vehicle history as of ${today}`,
    sections: [
      describeVehicle(history),
      describeFigures(history),
      describeMaintenance(history),
      describeSchedules(history),
      describeFuel(history),
      describeOwnershipCosts(history),
      describeDocuments(history),
    ],
  }
}

const DAYS = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

const formatDay = (day: string): string => DAYS.format(new Date(`${day.slice(0, 10)}T00:00:00Z`))

const formatDistance = (value: number | null, { distance }: OwnerUnits): string =>
  value === null ? '' : `${NUMBERS.format(value)} ${distance}`

const formatWholeMiles = (miles: number | null | undefined, units: OwnerUnits): string =>
  formatDistance(typeof miles === 'number' ? fromWholeMiles(miles, units.distance) : null, units)

const formatCost = (amount: number | null | undefined, { currency }: OwnerUnits): string =>
  typeof amount === 'number' ? formatExactMoney({ cents: amountToCents(amount), currency }) : ''

const formatUnit = (unit: string): string =>
  unit === 'l_per_100km' ? 'L/100 km' : unit.replaceAll('_', ' ')

const DUE_LABELS = {
  overdue: 'Overdue',
  due_soon: 'Due soon',
  ok: 'OK',
  unknown: 'Unknown',
} as const

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const joinLines = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter(Boolean).join('\n')

function describeVehicle({ due, units, vehicle }: VehicleHistory): ReportSection {
  const facts: [string, string | number | null | undefined][] = [
    ['VIN', vehicle.vin],
    ['License plate', vehicle.licensePlate],
    ['Year', vehicle.year],
    ['Make', vehicle.make],
    ['Model', vehicle.model],
    ['Trim', vehicle.trim],
    ['Engine', vehicle.engine],
    ['Transmission', vehicle.transmission],
    ['Color', vehicle.color],
    ['Odometer', formatDistance(due.odometer, units)],
    ['Bought on', vehicle.purchaseDate && formatDay(vehicle.purchaseDate)],
    ['Odometer at purchase', formatWholeMiles(vehicle.purchaseOdometer, units)],
    ['Sold on', vehicle.soldDate && formatDay(vehicle.soldDate)],
  ]
  return {
    heading: 'Vehicle',
    facts: facts.flatMap(([label, value]) =>
      value === null || value === undefined || value === '' ? [] : [[label, String(value)]],
    ),
  }
}

function describeFigures({ stats, units }: VehicleHistory): ReportSection {
  const format = (figure: Figure, write: (value: number) => string): string =>
    figure.value === null ? '–' : write(figure.value)
  const { costPerDistance, economy, totals } = stats
  const perDistance = (value: number) =>
    `${formatUnitPrice(value, units.currency)} per ${units.distance}`
  return {
    heading: 'Figures',
    facts: [
      ['Currency', units.currency],
      ['Distance', format(totals.distance, (value) => formatDistance(value, units))],
      ['Fuel economy', format(economy.average, (value) => `${value} ${formatUnit(economy.unit)}`)],
      ['Fuel', `${formatCost(totals.fuelCost, units)}, ${formatCount(totals.fuelLogs, 'fill')}`],
      [
        'Maintenance',
        `${formatCost(totals.maintenanceCost, units)}, ` +
          formatCount(totals.maintenanceLogs, 'entry', 'entries'),
      ],
      ['Ownership', formatCost(totals.ownershipCost, units)],
      ['Fuel and maintenance', format(costPerDistance.running, perDistance)],
      ['With ownership', format(costPerDistance.withOwnership, perDistance)],
    ],
  }
}

const nameUnit = (unit: string): string =>
  Object.entries(UNIT_NAMES).find(([name]) => name === unit)?.[1] ?? unit

/** A section with a table, or a sentence if it has no rows. */
const buildTable = (
  heading: string,
  columns: readonly ReportColumn[],
  rows: readonly (readonly string[])[],
  empty: string,
): ReportSection =>
  rows.length === 0 ? { heading, note: empty } : { heading, table: { columns, rows } }

function describeMaintenance({ rows, units }: VehicleHistory): ReportSection {
  const services = rows.flatMap((row) => (row.kind === 'maintenance' ? [row.values] : []))
  return buildTable(
    'Maintenance',
    [
      { label: 'Date', width: 3 },
      { label: 'Odometer', width: 3, isNumber: true },
      { label: 'What', width: 5 },
      { label: 'Cost', width: 3, isNumber: true },
      { label: 'Shop and notes', width: 7 },
    ],
    services
      .toReversed()
      .map(({ category, cost, notes, odometer, serviceDate, shopName, subtypes }) => [
        formatDay(serviceDate),
        formatWholeMiles(odometer, units),
        subtypes && subtypes.length > 0 ? `${category}: ${subtypes.join(', ')}` : category,
        formatCost(cost, units),
        joinLines(shopName, notes),
      ]),
    'No maintenance is recorded.',
  )
}

function describeSchedules({ due, units }: VehicleHistory): ReportSection {
  return buildTable(
    'What is due',
    [
      { label: 'What', width: 6 },
      { label: 'Last done', width: 4 },
      { label: 'Due', width: 4 },
      { label: 'Status', width: 3 },
    ],
    due.schedules.map((schedule) => [
      schedule.subtypes.length > 0 ? schedule.subtypes.join(', ') : schedule.category,
      joinLines(
        schedule.lastServiceDate && formatDay(schedule.lastServiceDate),
        formatDistance(schedule.lastServiceOdometer, units),
      ),
      joinLines(
        schedule.dueDate && formatDay(schedule.dueDate),
        formatDistance(schedule.dueOdometer, units),
      ),
      DUE_LABELS[schedule.status],
    ]),
    due.silence ?? 'There are no maintenance schedules.',
  )
}

function describeFuel({ fills, rows, units }: VehicleHistory): ReportSection {
  const texts = new Map(
    rows.flatMap((row) => (row.kind === 'fuel' ? [[row.id, row.values] as const] : [])),
  )
  return buildTable(
    'Fuel',
    [
      { label: 'Date', width: 3 },
      { label: 'Odometer', width: 3, isNumber: true },
      { label: 'Amount', width: 3, isNumber: true },
      { label: 'Cost', width: 3, isNumber: true },
      { label: 'Economy', width: 3, isNumber: true },
      { label: 'Where and notes', width: 5 },
    ],
    fills.map((fill) => {
      const { locationData, notes } = texts.get(fill.id) ?? { locationData: null, notes: null }
      return [
        formatDay(getDayInZone(new Date(fill.dateTime), units.timeZone)),
        formatDistance(fill.odometer, units),
        `${NUMBERS.format(fill.amount)} ${nameUnit(fill.unit)}`,
        formatCost(fill.totalCost, units),
        fill.economy.value === null ? '' : `${fill.economy.value} ${formatUnit(fill.economyUnit)}`,
        joinLines(locationData, notes),
      ]
    }),
    'No fuel is recorded.',
  )
}

function describeOwnershipCosts({ rows, units }: VehicleHistory): ReportSection {
  const costs = rows.flatMap((row) => (row.kind === 'cost' ? [row.values] : []))
  return buildTable(
    'Costs of owning',
    [
      { label: 'What', width: 5 },
      { label: 'Amount', width: 3, isNumber: true },
      { label: 'For', width: 3 },
      { label: 'First day', width: 3 },
      { label: 'Last day', width: 3 },
      { label: 'Notes', width: 4 },
    ],
    costs
      .toReversed()
      .map(({ amount, endDate, intervalMonths, kind, notes, startDate, title }) => [
        joinLines(COST_KINDS[kind], title),
        formatCost(amount, units),
        formatCount(intervalMonths, 'month'),
        formatDay(startDate),
        endDate === null ? 'Goes on' : formatDay(endDate),
        notes ?? '',
      ]),
    'No costs of owning are recorded.',
  )
}

function describeDocuments({ documents, papers }: VehicleHistory): ReportSection {
  return buildTable(
    'Documents',
    [
      { label: 'Title', width: 5 },
      { label: 'Type', width: 3 },
      { label: 'Issued', width: 3 },
      { label: 'Expires', width: 3 },
      { label: 'Files', width: 6 },
    ],
    documents.map(({ documentType, expirationDate, id, issuedDate, title }) => [
      title,
      capitalize(documentType),
      issuedDate ? formatDay(issuedDate) : '',
      expirationDate ? formatDay(expirationDate) : '',
      joinLines(...listFileNames(papers, id)),
    ]),
    'There are no documents.',
  )
}

const listFileNames = (papers: readonly PaperFile[], document: string): string[] =>
  papers.filter(({ file }) => file.parent.id === document).map(({ file }) => file.fileName)
