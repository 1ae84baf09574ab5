import type { z } from 'zod'
import type { VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'

type Stats = z.output<typeof VEHICLE_STATS>
type Month = Stats['byMonth'][number]

/** How many months the chart of costs has at most. */
const MAX_COST_MONTHS = 24

/** The middle of a calendar day in seconds, in UTC. */
export const toSeconds = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000

/** A month with its costs by kind. */
export type CostMonth = { day: string } & Pick<
  Month,
  'fuelCost' | 'maintenanceCost' | 'ownershipCost'
>

/**
 * The costs of each month, up to the last one that has any and at most 24, with the months in
 * between that have none. Empty without costs.
 */
export function listCostMonths(byMonth: readonly Month[]): CostMonth[] {
  const paid = byMonth.filter(({ cost }) => cost > 0)
  const [first, last] = [paid[0], paid.at(-1)]
  if (!first || !last) return []
  const months = new Map(paid.map((month) => [month.period, month]))
  return listMonths(first.period, last.period)
    .slice(-MAX_COST_MONTHS)
    .map((period) => ({
      day: `${period}-01`,
      fuelCost: months.get(period)?.fuelCost ?? 0,
      maintenanceCost: months.get(period)?.maintenanceCost ?? 0,
      ownershipCost: months.get(period)?.ownershipCost ?? 0,
    }))
}

function listMonths(first: string, last: string): string[] {
  const [year = 0, month = 1] = first.split('-').map(Number)
  const [lastYear = 0, lastMonth = 1] = last.split('-').map(Number)
  const count = (lastYear - year) * 12 + lastMonth - month + 1
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 'YYYY-MM'.length),
  )
}

/** The economy of the months that measure one. */
export const listEconomyMonths = (byMonth: readonly Month[]): { day: string; economy: number }[] =>
  byMonth.flatMap(({ economy, period }) =>
    economy.value === null ? [] : [{ day: `${period}-01`, economy: economy.value }],
  )

/**
 * Chooses at most `count` of the ascending `points` for the labels of an axis: the first one, then
 * those that are far enough from the one before. `length` is that of the axis, which may be longer
 * than the points.
 */
export function pickTicks(points: readonly number[], count: number, length: number): number[] {
  const distance = length / count
  return points.reduce<number[]>((ticks, point) => {
    const before = ticks.at(-1)
    return before === undefined || point - before > distance ? [...ticks, point] : ticks
  }, [])
}
