'use client'
import { formatCount } from '../../domain/format-count.ts'
import { FUEL_TYPES, parseFuelType } from '../../garage/domain/fuel-types.ts'
import { COST_KINDS } from '../../garage/domain/ownership-costs.ts'
import { fromGallons, fromMiles, UNIT_NAMES } from '../../garage/domain/units.ts'
import { FORMAT_LABELS } from '../../garage/imports/domain/source-record.ts'
import { formatCalendarDay } from '../ui/format-figures.ts'
import type { ImportResult } from './import-result.ts'

type Props = { result: ImportResult }
type Row = ImportResult['rows'][number]
type CostValues = Extract<Row, { kind: 'cost' }>['values']
type Detected = ImportResult['detected']

const MAX_LISTED = 50
const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

/** What an import found out about a file, its first new rows, and what it refuses and why. */
export function ImportPreview({ result }: Props) {
  const { detected, message, questions, refused, rows, warnings } = result
  return (
    <>
      <p>{questions.length > 0 ? 'Answer the questions above to see the rows.' : message}</p>
      <p className="history-transfer__note">{describeFile(detected)}</p>
      {rows.length > 0 && <RowTable detected={detected} rows={rows} />}
      <LineList
        heading="Not imported"
        lines={refused.map(({ line, reasons }) => ({ line, text: reasons.join(' ') }))}
        total={result.counts.refused}
      />
      <LineList
        heading="Please check"
        lines={warnings.map(({ line, message: text }) => ({ line, text }))}
        total={warnings.length}
      />
    </>
  )
}

const ORDERS = {
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
} as const

function describeFile({ dateOrder, decimal, format, timeZone }: Detected): string {
  const parts = [
    `Format: ${FORMAT_LABELS[format]}`,
    dateOrder.value && `dates: ${ORDERS[dateOrder.value]}`,
    decimal.value && `decimals after a ${decimal.value}`,
    timeZone.value && `times in ${timeZone.value}`,
  ]
  return `${parts.filter(Boolean).join('; ')}.`
}

type TableProps = { rows: readonly Row[]; detected: Detected }

function RowTable({ rows, detected }: TableProps) {
  return (
    <div className="history-transfer__scroll">
      <table>
        <caption>The first new rows, with costs in the owner’s currency</caption>
        <thead>
          <tr>
            <th>Line</th>
            <th>Date</th>
            <th>What</th>
            <th>Odometer</th>
            <th>Amount</th>
            <th>Cost</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              {describeRow(row, detected).map((text, index) => (
                <td key={index}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The cells of a row, in the units of the file. */
function describeRow(row: Row, detected: Detected): string[] {
  const distance = detected.distanceUnit.value ?? 'mi'
  const formatMiles = (miles: number | null) =>
    miles === null ? '–' : `${NUMBERS.format(fromMiles(miles, distance))} ${distance}`
  const formatCost = (cost: number | null) => (cost === null ? '–' : cost.toFixed(2))
  const line = String(row.line)
  if (row.kind === 'schedule')
    return [line, '–', `Schedule: ${listWords(row.values)}`, '–', '–', '–']
  if (row.kind === 'cost') {
    const { amount, startDate } = row.values
    const what = describeCost(row.values)
    return [line, formatCalendarDay(startDate), what, '–', '–', formatCost(amount)]
  }
  if (row.kind === 'maintenance') {
    const { cost, odometer, serviceDate } = row.values
    const whole = odometer === null ? '–' : formatMiles(odometer)
    return [
      line,
      formatCalendarDay(serviceDate),
      listWords(row.values),
      whole,
      '–',
      formatCost(cost),
    ]
  }
  const { dateTime, fuelType, odometer, totalCost } = row.values
  const day = formatInZone(dateTime, detected.timeZone.value ?? 'UTC')
  const amount = formatAmount(row.values, detected)
  return [line, day, fuelType ?? 'Fuel', formatMiles(odometer), amount, formatCost(totalCost)]
}

const describeCost = ({ intervalMonths, kind, title }: CostValues): string =>
  [
    COST_KINDS[kind],
    ...(title === null ? [] : [title]),
    `for ${formatCount(intervalMonths, 'month')}`,
  ].join(', ')

const listWords = ({ category, subtypes }: { category: string; subtypes: string[] | null }) =>
  subtypes && subtypes.length > 0 ? `${category}: ${subtypes.join(', ')}` : category

function formatAmount(
  { fuelType, fuelUnits }: { fuelType: string | null; fuelUnits: number },
  { volumeUnit }: Detected,
): string {
  const type = parseFuelType(fuelType)
  const measure = type ? FUEL_TYPES[type].measure : 'gallon'
  if (measure !== 'gallon') return `${NUMBERS.format(fuelUnits)} ${measure}`
  const unit = volumeUnit.value ?? 'gal_us'
  return `${NUMBERS.format(fromGallons(fuelUnits, unit))} ${UNIT_NAMES[unit]}`
}

const formatInZone = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  )

type LinesProps = {
  heading: string
  lines: readonly { line: number; text: string }[]
  total: number
}

function LineList({ heading, lines, total }: LinesProps) {
  if (lines.length === 0) return null
  const shown = lines.slice(0, MAX_LISTED)
  return (
    <div>
      <h4>{`${heading}: ${formatCount(total, 'row')}`}</h4>
      <ul className="history-transfer__lines">
        {shown.map(({ line, text }, index) => (
          <li key={index}>
            <strong>{`Line ${line}`}</strong> {text}
          </li>
        ))}
      </ul>
      {total > shown.length && <p>{`And ${total - shown.length} more.`}</p>}
    </div>
  )
}
