import { centsToAmount } from '../../domain/money.ts'
import {
  getEconomyUnit,
  getFuelUnit,
  toEconomy,
  toFuelAmount,
  toFuelPrice,
} from './economy-units.ts'
import { type Figure, giveFigure, withholdFigure } from './figure.ts'
import {
  type Consumption,
  type Fill,
  type FillEconomy,
  poolConsumption,
  type TankFill,
} from './fuel-economy.ts'
import {
  FUEL_TYPES,
  type FuelMeasure,
  type FuelType,
  getFillMeasure,
  type Tank,
} from './fuel-types.ts'
import { divideExactly } from './ratio.ts'
import type { OwnerUnits } from './units.ts'

/** A fill with the owner's day, and what it cost in cents. */
export type PaidFill = Fill & { day: string; cents: number }

/** The economy of one fill, as the best, worst or last of several. */
export type FillFigure = {
  value: number
  fuelLog: string
  day: string
}

/** The economy of one tank in the owner's units. `reason` says why there is none. */
export type EconomyStats = {
  unit: string
  average: Figure
  best: FillFigure | null
  worst: FillFigure | null
  last: FillFigure | null
  /** The number of fills that have a figure. */
  measuredFuelLogs: number
  reason: string | null
}

/** The figures of one type of fuel in the owner's units. */
export type FuelStats = {
  /** Null for fills that name no type. */
  fuelType: FuelType | null
  tank: Tank | null
  /** Other types that go into the same tank, whose economy is measured together. */
  sharesTankWith: FuelType[]
  unit: string
  fuelLogs: number
  amount: number
  cost: number
  averagePrice: Figure
  economy: EconomyStats
}

type Row = PaidFill & TankFill
type MeasuredFill = { fill: Row; consumption: Consumption }

const REASONS = {
  noFuelLogs: 'There are no fuel logs.',
  onlyPartial: 'There are only partial fills. Economy takes two full ones.',
  oneFull: 'There is only one full fill. Economy takes two.',
  untyped: 'These fills have no fuel type, and this vehicle uses several. Enter it.',
  noFuel: 'No fuel was bought.',
} as const

/** Computes the figures of each type of fuel, in the order of its first fill. */
export function summarizeFuels(
  fills: readonly Row[],
  economies: ReadonlyMap<string, FillEconomy>,
  units: OwnerUnits,
): FuelStats[] {
  const types = [...new Set(fills.map(({ fuelType }) => fuelType))]
  return types.map((fuelType) => {
    const bought = fills.filter((fill) => fill.fuelType === fuelType)
    const [{ tank } = { tank: null }] = bought
    const inTank = fills.filter((fill) => fill.tank === tank)
    const measure = getFillMeasure({ fuelType, tank })
    const amount = bought.reduce((sum, fill) => sum + fill.units, 0)
    const cents = bought.reduce((sum, fill) => sum + fill.cents, 0)
    return {
      fuelType,
      tank,
      sharesTankWith: types.filter(
        (type) => type !== null && type !== fuelType && FUEL_TYPES[type].tank === tank,
      ) as FuelType[],
      unit: getFuelUnit(measure, units),
      fuelLogs: bought.length,
      amount: toFuelAmount(amount, measure, units),
      cost: centsToAmount(cents),
      averagePrice:
        amount > 0
          ? giveFigure(toFuelPrice(divideExactly(cents * 10, amount, 9), measure, units))
          : withholdFigure(REASONS.noFuel),
      economy: summarizeEconomy(inTank, economies, measure, units),
    }
  })
}

/** Computes the average, best, worst and last economy of the fills of one tank. */
export function summarizeEconomy(
  fills: readonly Row[],
  economies: ReadonlyMap<string, FillEconomy>,
  measure: FuelMeasure,
  units: OwnerUnits,
): EconomyStats {
  const unit = getEconomyUnit(measure, units)
  const measured = fills.flatMap((fill): MeasuredFill[] => {
    const { consumption } = economies.get(fill.id) ?? { consumption: null }
    return consumption ? [{ fill, consumption }] : []
  })
  const last = measured.at(-1)
  if (!last) {
    const reason = explainNoEconomy(fills, economies)
    const average = withholdFigure(reason)
    return { unit, average, best: null, worst: null, last: null, measuredFuelLogs: 0, reason }
  }
  const ranked = [...measured].sort(compareEconomy)
  const toFigure = ({ fill, consumption }: MeasuredFill): FillFigure => ({
    value: toEconomy(consumption, measure, units),
    fuelLog: fill.id,
    day: fill.day,
  })
  const pooled = poolConsumption(measured.map(({ consumption }) => consumption))
  return {
    unit,
    average: giveFigure(toEconomy(pooled, measure, units)),
    best: toFigure(ranked[0] ?? last),
    worst: toFigure(ranked.at(-1) ?? last),
    last: toFigure(last),
    measuredFuelLogs: measured.length,
    reason: null,
  }
}

/** The most miles per unit first. */
const compareEconomy = (a: MeasuredFill, b: MeasuredFill): number =>
  b.consumption.distance / b.consumption.units - a.consumption.distance / a.consumption.units

function explainNoEconomy(
  fills: readonly Row[],
  economies: ReadonlyMap<string, FillEconomy>,
): string {
  if (fills.length === 0) return REASONS.noFuelLogs
  if (fills.every(({ tank }) => tank === null)) return REASONS.untyped
  const full = fills.filter(({ isFull }) => isFull)
  const [last] = full.slice(-1)
  if (!last) return REASONS.onlyPartial
  return full.length === 1 ? REASONS.oneFull : (economies.get(last.id)?.reason ?? REASONS.oneFull)
}
