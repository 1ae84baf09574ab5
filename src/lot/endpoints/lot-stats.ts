import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { type StoredStats, loadLotStats, SALES_DAYS } from '../store/lot-stats.ts'
import { getLotTimeZone } from '../time-zone.ts'

const YEAR_DAYS = 365

const cars = z.number().int().min(0)

/** GET /api/inventory/stats */
export const LOT_STATS = z.strictObject({
  count: z.strictObject({
    available: cars,
    pending: cars,
    hold: cars,
    sold: cars,
  }),
  stock: z
    .strictObject({
      cars,
      value: z.number().describe('The sum of the prices.'),
      cost: z.number().nullable().describe('What we paid. Null for those who may not see it.'),
      carsWithoutCost: cars.nullable(),
    })
    .describe('The cars that are not sold.'),
  age: z
    .array(
      z.strictObject({
        fromDays: cars,
        toDays: cars.nullable(),
        cars,
        value: z.number(),
      }),
    )
    .describe('The stock by its days on the lot; a car that was never listed, by its entry.'),
  sales: z.strictObject({
    days: cars.describe('The past days that count.'),
    sold: cars,
    averageStock: z.number().describe('The average number of cars on the lot in these days.'),
    turn: z
      .number()
      .nullable()
      .describe('How often the average stock would be sold in a year at this rate.'),
    averageDaysToSell: z.number().nullable(),
  }),
})

/**
 * GET /api/inventory/stats: what the lot holds by status and age, what it is worth, and how fast it
 * sells.
 */
export const getLotStats = endpoint({
  method: 'get',
  path: '/stats',
  summary: 'Return the figures of the lot: stock, value, age and turn',
  access: callers.staff('the figures of the lot'),
  response: describeJson('The figures.', LOT_STATS),
  refusals: [401, 403],
  handler: async ({ req }) => {
    const timeZone = getLotTimeZone(req.payload)
    const stats = await loadLotStats({ payload: req.payload }, { days: SALES_DAYS, timeZone })
    return buildAnswer(stats, { withCost: permissions.canSeeCost({ req }) })
  },
})

function buildAnswer(
  stats: StoredStats,
  { withCost }: { withCost: boolean },
): z.input<typeof LOT_STATS> {
  const { available, pending, hold, sold } = stats
  return {
    count: { available, pending, hold, sold },
    stock: {
      cars: available + pending + hold,
      value: stats.value,
      cost: withCost ? stats.cost : null,
      carsWithoutCost: withCost ? stats.withoutCost : null,
    },
    age: [
      { fromDays: 0, toDays: 30, cars: stats.to30, value: stats.value30 },
      { fromDays: 31, toDays: 60, cars: stats.to60, value: stats.value60 },
      { fromDays: 61, toDays: 90, cars: stats.to90, value: stats.value90 },
      { fromDays: 91, toDays: null, cars: stats.over90, value: stats.valueOver90 },
    ],
    sales: {
      days: SALES_DAYS,
      sold: stats.soldLately,
      averageStock: roundTo(stats.averageStock, 1),
      turn: computeTurn(stats),
      averageDaysToSell:
        stats.averageDaysToSell === null ? null : roundTo(stats.averageDaysToSell, 1),
    },
  }
}

/** Sales of a year at the rate of the last days, by the average stock; null without any stock. */
function computeTurn({ soldLately, averageStock }: StoredStats): number | null {
  if (averageStock < 0.05) return null
  return roundTo((soldLately / averageStock) * (YEAR_DAYS / SALES_DAYS), 2)
}

const roundTo = (value: number, places: number): number => Number(value.toFixed(places))
