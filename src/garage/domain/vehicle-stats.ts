import { centsToAmount } from '../../domain/money.ts'
import {
  computeDrivenDistances,
  type DayReading,
  type DrivenDistance,
  listEnteredReadings,
} from './distance-driven.ts'
import { toDistanceRatio, toEconomy } from './economy-units.ts'
import { type Figure, giveFigure, withholdFigure } from './figure.ts'
import {
  assignTanks,
  type FillEconomy,
  locateFills,
  measureFills,
  poolConsumption,
  type TankFill,
} from './fuel-economy.ts'
import { type FuelStats, type PaidFill, summarizeEconomy, summarizeFuels } from './fuel-stats.ts'
import { getFillMeasure } from './fuel-types.ts'
import {
  accrueCents,
  type CostKind,
  type DayCost,
  type OwnershipCost,
  spreadByMonth,
} from './ownership-costs.ts'
import { divideExactly } from './ratio.ts'
import { fromMiles, type OwnerUnits } from './units.ts'

/** One maintenance job. `cents` is null if its cost was not entered. */
export type Service = {
  day: string
  category: string
  cents: number | null
  /** In whole thousandths of a mile. */
  odometer: number | null
}

/** What was paid for a vehicle and what it was sold for, in cents; null if not entered. */
export type Ownership = {
  purchaseDay: string | null
  purchaseCents: number | null
  /** In whole thousandths of a mile. */
  purchaseOdometer: number | null
  saleCents: number | null
}

/** An odometer reading that the owner entered on the vehicle, in whole thousandths of a mile. */
export type OwnReading = {
  day: string
  at: number
  odometer: number
}

/** What the figures of a vehicle are computed from. */
export type VehicleHistory = {
  fills: readonly PaidFill[]
  services: readonly Service[]
  ownership: Ownership
  ownershipCosts: readonly OwnershipCost[]
  /** The last day whose costs of ownership count: today, or the day of the sale. */
  costsUntil: string
  /** What the owner entered on the vehicle itself; null if nothing. */
  ownReading: OwnReading | null
}

/** The costs of one month or year, or of the vehicle. */
export type Costs = {
  fuelLogs: number
  maintenanceLogs: number
  fuelCost: number
  maintenanceCost: number
  ownershipCost: number
  cost: number
}

/** The figures of a month (`2026-03`) or year (`2026`). */
export type PeriodStats = Costs & {
  period: string
  distance: number
  economy: Figure
}

/** What a category of costs comes to; `logs` counts its rows. */
export type CategoryCosts = {
  kind: 'fuel' | 'maintenance' | 'ownership'
  category: string
  logs: number
  cost: number
}

/** What the odometer showed at the end of a day. */
export type OdometerDay = { day: string; odometer: number }

/** The figures of a vehicle in its owner's units. */
export type VehicleStats = {
  totals: Costs & {
    distance: Figure
    distanceSince: string | null
    purchasePrice: Figure
    salePrice: Figure
    depreciation: Figure
  }
  averages: {
    fuelLogCost: Figure
    maintenanceLogCost: Figure
    distancePerFuelLog: Figure
  }
  economy: FuelStats['economy']
  fuels: FuelStats[]
  costPerDistance: Record<
    'fuel' | 'running' | 'withOwnership' | 'withPurchase' | 'withDepreciation',
    Figure
  >
  byCategory: CategoryCosts[]
  byMonth: PeriodStats[]
  byYear: PeriodStats[]
  odometer: OdometerDay[]
}

/** The decimal places of costs per mile or kilometer. */
const COST_PLACES = 4

const REASONS = {
  noDistance: 'The distance is unknown: it takes two odometer readings, or trip distances.',
  noPurchase: 'The purchase price is not entered.',
  noSale: 'The sale price is not entered.',
  noFuelLogs: 'There are no fuel logs.',
  noMaintenanceLogs: 'There are no maintenance logs with a cost.',
  severalFuels: 'This vehicle uses several fuels. See the figures of each fuel.',
  noFuelInPeriod: 'No fuel was bought in this period.',
  noneInPeriod: 'No fill in this period measures economy.',
} as const

/** Computes all figures of a vehicle, in the units of its owner. */
export function computeVehicleStats(history: VehicleHistory, units: OwnerUnits): VehicleStats {
  const fills = assignTanks(history.fills)
  const economies = measureFills(fills)
  const fuels = summarizeFuels(fills, economies, units)
  const readings = collectReadings(fills, history)
  const rises = computeDrivenDistances(readings)
  const driven = rises.length > 0 ? rises : collectTrips(fills)
  const distance = sum(driven.map((part) => part.distance))
  const dayCosts = spreadByMonth(history.ownershipCosts, history.costsUntil)
  const costs = computeCosts(history.fills, history.services, dayCosts)
  const periods = { ...history, fills, economies, driven, dayCosts }
  return {
    totals: { ...costs, ...summarizeOwnership(history, readings, distance, units) },
    averages: computeAverages(history, distance, units),
    economy: chooseEconomy(fuels, units),
    fuels,
    costPerDistance: computeCostsPerDistance(costs, history.ownership, distance, units),
    byCategory: groupCategories(history),
    byMonth: groupPeriods(periods, 'YYYY-MM'.length, units),
    byYear: groupPeriods(periods, 'YYYY'.length, units),
    odometer: listOdometerDays(readings, units),
  }
}

/** The readings of all logs, of the purchase, and the one that the owner entered. */
function collectReadings(
  fills: readonly (PaidFill & TankFill)[],
  { services, ownership, ownReading }: VehicleHistory,
): DayReading[] {
  const dated = [
    ...services.map(({ day, odometer: reading }) => ({ day, reading })),
    { day: ownership.purchaseDay ?? '', reading: ownership.purchaseOdometer },
  ].flatMap(({ day, reading }): DayReading[] =>
    reading === null ? [] : [{ day, at: null, reading, source: 'log' }],
  )
  const own: DayReading[] = ownReading
    ? [{ day: ownReading.day, at: ownReading.at, reading: ownReading.odometer, source: 'owner' }]
    : []
  return [...locateReadings(fills), ...dated, ...own]
}

/** The last entered reading of each day, oldest first. */
function listOdometerDays(
  readings: readonly DayReading[],
  { distance }: OwnerUnits,
): OdometerDay[] {
  const days = new Map(listEnteredReadings(readings).map(({ day, reading }) => [day, reading]))
  return [...days].map(([day, reading]) => ({
    day,
    odometer: fromMiles(reading / 1000, distance),
  }))
}

/** The readings of fills, those inferred from trips too. */
function locateReadings(fills: readonly (PaidFill & TankFill)[]): DayReading[] {
  return groupTanks(fills).flatMap((group) =>
    locateFills(group).flatMap(({ day, at, position, odometer }): DayReading[] => {
      const reading = position ?? odometer
      const source = odometer === null ? 'trip' : 'log'
      return reading === null ? [] : [{ day, at, reading, source }]
    }),
  )
}

const groupTanks = <Row extends TankFill>(fills: readonly Row[]): Row[][] =>
  [...new Set(fills.map(({ tank }) => tank))].map((tank) =>
    fills.filter((fill) => fill.tank === tank),
  )

/**
 * The trips of a vehicle without odometer readings. Those of several tanks measure the same miles,
 * so only the tank with the longest distance counts; exhaust fluid does not.
 */
function collectTrips(fills: readonly (PaidFill & TankFill)[]): DrivenDistance[] {
  const trips = groupTanks(fills.filter(({ tank }) => tank !== 'def')).map((group) =>
    group.flatMap(({ day, trip }) => (trip ? { day, distance: trip } : [])),
  )
  const measure = (parts: readonly DrivenDistance[]) => sum(parts.map(({ distance }) => distance))
  return trips.reduce((best, one) => (measure(one) > measure(best) ? one : best), [])
}

function computeCosts(
  fills: readonly PaidFill[],
  services: readonly Service[],
  dayCosts: readonly DayCost[],
): Costs {
  const fuelCents = sum(fills.map(({ cents }) => cents))
  const maintenanceCents = sum(services.map(({ cents }) => cents ?? 0))
  const ownershipCents = sum(dayCosts.map(({ cents }) => cents))
  return {
    fuelLogs: fills.length,
    maintenanceLogs: services.length,
    fuelCost: centsToAmount(fuelCents),
    maintenanceCost: centsToAmount(maintenanceCents),
    ownershipCost: centsToAmount(ownershipCents),
    cost: centsToAmount(fuelCents + maintenanceCents + ownershipCents),
  }
}

function summarizeOwnership(
  { ownership: { purchaseCents, saleCents } }: VehicleHistory,
  readings: readonly DayReading[],
  distance: number,
  units: OwnerUnits,
) {
  const [since = ''] = readings.map(({ day }) => day).sort()
  return {
    distance:
      distance > 0
        ? giveFigure(fromMiles(distance / 1000, units.distance))
        : withholdFigure(REASONS.noDistance),
    distanceSince: since === '' || distance === 0 ? null : since,
    purchasePrice: giveCents(purchaseCents, REASONS.noPurchase),
    salePrice: giveCents(saleCents, REASONS.noSale),
    depreciation: combineCents(purchaseCents, saleCents, (bought, sold) =>
      giveCents(bought - sold, REASONS.noSale),
    ),
  }
}

const giveCents = (cents: number | null, reason: string): Figure =>
  cents === null ? withholdFigure(reason) : giveFigure(centsToAmount(cents))

/** The figure of two amounts; says which of them is missing. */
function combineCents(
  purchaseCents: number | null,
  saleCents: number | null,
  combine: (purchase: number, sale: number) => Figure,
): Figure {
  if (purchaseCents === null) return withholdFigure(REASONS.noPurchase)
  return saleCents === null ? withholdFigure(REASONS.noSale) : combine(purchaseCents, saleCents)
}

function computeAverages(
  { fills, services }: VehicleHistory,
  distance: number,
  units: OwnerUnits,
): VehicleStats['averages'] {
  const paid = services.flatMap(({ cents }) => cents ?? [])
  const { numerator, denominator } = toDistanceRatio(distance, units)
  const noFuel = withholdFigure(REASONS.noFuelLogs)
  return {
    fuelLogCost: averageCents(
      fills.map(({ cents }) => cents),
      REASONS.noFuelLogs,
    ),
    maintenanceLogCost: averageCents(paid, REASONS.noMaintenanceLogs),
    distancePerFuelLog:
      distance === 0
        ? withholdFigure(REASONS.noDistance)
        : fills.length === 0
          ? noFuel
          : giveFigure(divideExactly(numerator, denominator * BigInt(fills.length), 1)),
  }
}

const averageCents = (cents: readonly number[], reason: string): Figure =>
  cents.length === 0
    ? withholdFigure(reason)
    : giveFigure(divideExactly(sum(cents), 100 * cents.length, 2))

/** The economy of the vehicle: that of its only fuel, exhaust fluid aside. */
function chooseEconomy(fuels: readonly FuelStats[], units: OwnerUnits): FuelStats['economy'] {
  const driving = fuels.filter(({ fuelType }) => fuelType !== 'def')
  const [first] = driving
  if (!first) return summarizeEconomy([], new Map(), 'gallon', units)
  return new Set(driving.map(({ tank }) => tank)).size === 1
    ? first.economy
    : {
        ...summarizeEconomy([], new Map(), 'gallon', units),
        average: withholdFigure(REASONS.severalFuels),
        reason: REASONS.severalFuels,
      }
}

function computeCostsPerDistance(
  costs: Costs,
  { purchaseCents, saleCents }: Ownership,
  distance: number,
  units: OwnerUnits,
): VehicleStats['costPerDistance'] {
  const fuel = Math.round(costs.fuelCost * 100)
  const total = Math.round(costs.cost * 100)
  const running = total - Math.round(costs.ownershipCost * 100)
  const perDistance = (cents: number): Figure => {
    if (distance === 0) return withholdFigure(REASONS.noDistance)
    const { numerator, denominator } = toDistanceRatio(distance, units)
    return giveFigure(divideExactly(BigInt(cents) * denominator, 100n * numerator, COST_PLACES))
  }
  return {
    fuel: perDistance(fuel),
    running: perDistance(running),
    withOwnership: perDistance(total),
    withPurchase:
      purchaseCents === null
        ? withholdFigure(REASONS.noPurchase)
        : perDistance(running + purchaseCents),
    withDepreciation: combineCents(purchaseCents, saleCents, (bought, sold) =>
      perDistance(running + bought - sold),
    ),
  }
}

function groupCategories(history: VehicleHistory): CategoryCosts[] {
  const { fills, services } = history
  const groups = groupBy(services, ({ category }) => category)
  const maintenance = [...groups].map(([category, logs]) => ({
    kind: 'maintenance' as const,
    category,
    logs: logs.length,
    cost: centsToAmount(sum(logs.map(({ cents }) => cents ?? 0))),
  }))
  const fuel = {
    kind: 'fuel' as const,
    category: 'fuel',
    logs: fills.length,
    cost: centsToAmount(sum(fills.map(({ cents }) => cents))),
  }
  return [
    ...(fills.length > 0 ? [fuel] : []),
    ...maintenance.sort((a, b) => b.cost - a.cost || (a.category < b.category ? -1 : 1)),
    ...groupCostKinds(history),
  ]
}

/** The kinds of ownership costs, in the order of the first row of each. */
function groupCostKinds({ ownershipCosts, costsUntil }: VehicleHistory): CategoryCosts[] {
  const groups = groupBy(ownershipCosts, ({ kind }): CostKind => kind)
  return [...groups].map(([category, costs]) => ({
    kind: 'ownership',
    category,
    logs: costs.length,
    cost: centsToAmount(sum(costs.map((cost) => accrueCents(cost, costsUntil)))),
  }))
}

type Periods = Pick<VehicleHistory, 'services'> & {
  fills: readonly (PaidFill & TankFill)[]
  economies: ReadonlyMap<string, FillEconomy>
  driven: readonly DrivenDistance[]
  dayCosts: readonly DayCost[]
}

/** The months or years in which something happened, oldest first. */
function groupPeriods(
  { fills, services, economies, driven, dayCosts }: Periods,
  length: number,
  units: OwnerUnits,
): PeriodStats[] {
  const getPeriod = ({ day }: { day: string }) => day.slice(0, length)
  const [fillsByPeriod, servicesByPeriod] = [
    groupBy(fills, getPeriod),
    groupBy(services, getPeriod),
  ]
  const [drivenByPeriod, costsByPeriod] = [groupBy(driven, getPeriod), groupBy(dayCosts, getPeriod)]
  const periods = new Set([
    ...fillsByPeriod.keys(),
    ...servicesByPeriod.keys(),
    ...drivenByPeriod.keys(),
    ...costsByPeriod.keys(),
  ])
  return [...periods].sort().map((period) => {
    const bought = fillsByPeriod.get(period) ?? []
    const parts = drivenByPeriod.get(period) ?? []
    const miles = sum(parts.map(({ distance }) => distance)) / 1000
    return {
      period,
      ...computeCosts(bought, servicesByPeriod.get(period) ?? [], costsByPeriod.get(period) ?? []),
      distance: fromMiles(miles, units.distance),
      economy: computePeriodEconomy(bought, economies, units),
    }
  })
}

/** The pooled economy of the fills of a period; exhaust fluid does not count. */
function computePeriodEconomy(
  bought: readonly (PaidFill & TankFill)[],
  economies: ReadonlyMap<string, FillEconomy>,
  units: OwnerUnits,
): Figure {
  const driving = bought.filter(({ tank }) => tank !== 'def')
  const [first] = driving
  if (!first) return withholdFigure(REASONS.noFuelInPeriod)
  if (driving.some(({ tank }) => tank !== first.tank)) return withholdFigure(REASONS.severalFuels)
  const parts = driving.flatMap(({ id }) => economies.get(id)?.consumption ?? [])
  if (parts.length === 0) return withholdFigure(REASONS.noneInPeriod)
  return giveFigure(toEconomy(poolConsumption(parts), getFillMeasure(first), units))
}

function groupBy<Row>(rows: readonly Row[], getKey: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(getKey(row))
    if (group) group.push(row)
    else groups.set(getKey(row), [row])
  }
  return groups
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
