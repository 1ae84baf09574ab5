import { checkChargingTotal, checkTotal, computeTotalCents } from '../../../domain/fuel-cost.ts'
import { amountToCents, centsToAmount, formatDecimal } from '../../../domain/money.ts'
import { restoreEntered } from '../../domain/entered-units.ts'
import {
  FUEL_TYPES,
  type FuelType,
  parseFuelGrade,
  parseFuelType,
} from '../../domain/fuel-types.ts'
import { divideExactly } from '../../domain/ratio.ts'
import {
  type DistanceUnit,
  type LiquidUnit,
  toGallons,
  toMiles,
  toPricePerGallon,
  type VolumeUnit,
} from '../../domain/units.ts'
import { CellReader, type CellReading } from './read-cells.ts'
import type { FuelRow } from './row-values.ts'
import type { SourceRecord } from './source-record.ts'

/** How fills are read: their cells, their units, and the stations that exist. */
export type FillReading = CellReading & {
  distance: DistanceUnit
  volume: LiquidUnit
  stations: ReadonlySet<string>
}

/** A row to be stored with remarks about it, or the reasons why it is not. */
export type ReadResult<Row> = { row: Row; warnings: string[] } | { reasons: string[] }

/** Reads a fill as the API takes one: with its units converted and its total checked. */
export function readFill(record: SourceRecord, reading: FillReading): ReadResult<FuelRow> {
  const cells = new CellReader(record, reading)
  const fuel = readFuel(cells)
  const unit = fuel.type && FUEL_TYPES[fuel.type].measure !== 'gallon' ? 'kwh' : reading.volume
  const toDistance = (value: number | null) =>
    value === null ? null : toMiles(value, reading.distance)
  const at = cells.readInstant()
  const odometer = toDistance(cells.readDistance('odometer'))
  const tripDistance = toDistance(cells.readDistance('trip'))
  const amount = cells.readNumber('amount')
  const isPartial = cells.readFlag('partial')
  const isFull = cells.readFlag('full') ?? (isPartial === null ? true : !isPartial)
  const missedFill = cells.readFlag('missed') ?? false
  const rounding = reading.isOwnFormat ? STORED_STEP : 0
  const purchase = readPurchase(cells, amount, { unit, type: fuel.type, rounding })
  const station = cells.readText('station')
  const isKnown = station !== null && reading.stations.has(station)
  cells.require('date', at)
  cells.require('amount', amount)
  const isUnread = cells.problems.some((problem) => /^(?:odometer|trip) /.test(problem))
  if (odometer === null && tripDistance === null && !isUnread)
    cells.problems.push('odometer is missing.')
  if (at === null || purchase === null || cells.problems.length > 0)
    return { reasons: cells.problems }
  const notes = joinNotes(cells.readText('notes', 'lines'), ...fuel.remarks, readTags(cells))
  const row = {
    dateTime: at.toISOString(),
    odometer,
    tripDistance,
    ...purchase.values,
    isFullFill: isFull,
    missedFill,
    fuelType: fuel.type,
    fuelGrade: fuel.grade,
    station: isKnown ? station : null,
    locationData: cells.readText('location'),
    notes,
  }
  const unknown = station !== null && !isKnown ? ['Its station does not exist here.'] : []
  return cells.problems.length > 0
    ? { reasons: cells.problems }
    : { row, warnings: [...purchase.warnings, ...unknown] }
}

type Fuel = {
  type: FuelType | null
  grade: string | null
  remarks: string[]
}

/** The type and grade of a fuel. What is not listed is kept in the notes. */
function readFuel(cells: CellReader): Fuel {
  const [typeText, gradeText] = [cells.readText('fuelType'), cells.readText('fuelGrade')]
  const named = parseFuelType(typeText)
  const grade = gradeText === null ? null : parseFuelGrade(named ?? 'gasoline', gradeText)
  const type = named ?? (grade !== null && typeText === null ? 'gasoline' : null)
  const remarks = [
    ...(typeText !== null && named === null ? [`Fuel: ${typeText}`] : []),
    ...(gradeText !== null && (grade === null || type === null) ? [`Grade: ${gradeText}`] : []),
  ]
  return { type, grade: type === null ? null : grade, remarks }
}

type Purchase = {
  values: Pick<FuelRow, 'fuelUnits' | 'costPerUnit' | 'totalCost'>
  warnings: string[]
}

/** The unit and the fuel of a purchase, and by how much its amount and price may be rounded. */
type PurchaseReading = {
  unit: VolumeUnit
  type: FuelType | null
  rounding: number
}

/** The last decimal place that is stored of amounts and prices. */
const STORED_STEP = 0.001

const NO_PRICE = 'Neither a price nor a total is given, so its cost is 0.'

function readPurchase(
  cells: CellReader,
  amount: number | null,
  { unit, type, rounding }: PurchaseReading,
): Purchase | null {
  const [price, total] = [cells.readNumber('price'), cells.readNumber('total')]
  if (amount === null) return null
  if (amount < 0 || (price ?? 0) < 0 || (total ?? 0) < 0) {
    cells.problems.push('amount, price and total must not be negative.')
    return null
  }
  const fuelUnits = toGallons(amount, unit)
  if (fuelUnits === 0) {
    cells.problems.push('amount must be more than 0.')
    return null
  }
  if (price === null) {
    const costPerUnit = total === null ? 0 : computePrice(amountToCents(total), fuelUnits)
    const totalCost = total === null ? 0 : centsToAmount(amountToCents(total))
    const values = { fuelUnits, costPerUnit, totalCost }
    return { values, warnings: total === null ? [NO_PRICE] : [] }
  }
  const costPerUnit = toPricePerGallon(price, unit)
  const entered = restoreEntered({ units: fuelUnits, price: costPerUnit }, unit)
  const computed = computeTotalCents(entered.units, entered.price)
  const cents = total === null ? computed : amountToCents(total)
  const check = type === 'electricity' ? checkChargingTotal : checkTotal
  const verdict = check(cents, entered.units + rounding, entered.price + rounding)
  if (verdict.kind === 'too-high') {
    cells.problems.push(describeTotal(cents, computed, entered))
    return null
  }
  return { values: { fuelUnits, costPerUnit, totalCost: centsToAmount(cents) }, warnings: [] }
}

const describeTotal = (
  cents: number,
  computed: number,
  { units, price }: { units: number; price: number },
): string =>
  `total must be ${formatDecimal(computed)} or at most 1% more, not ${formatDecimal(cents)}: ` +
  `${units} units at ${price} cost ${formatDecimal(computed)}.`

/**
 * The price per unit that a total implies, with three decimals; rounded up where the total would
 * otherwise exceed it by more than is accepted.
 */
function computePrice(cents: number, units: number): number {
  const thousandths = Math.round(units * 1000)
  const price = divideExactly(BigInt(cents) * 10n, BigInt(thousandths), 3)
  return checkTotal(cents, units, price).kind === 'too-high' ? price + 0.001 : price
}

/** The line of the notes with the tags of a record; null without tags. */
export function readTags(cells: CellReader): string | null {
  const tags = cells.readText('tags')
  return tags === null ? null : `Tags: ${tags}`
}

/** Joins the lines of notes; null without any. */
export function joinNotes(...parts: readonly (string | null)[]): string | null {
  const filled = parts.filter((part) => part !== null && part !== '')
  return filled.length === 0 ? null : filled.join('\n')
}
