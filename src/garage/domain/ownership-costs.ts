import { addDays, addMonths, countDays } from './days.ts'

/** What an owner pays again and again for a vehicle. */
export const COST_KIND_NAMES = ['insurance', 'registration', 'tax', 'loan', 'other'] as const
export type CostKind = (typeof COST_KIND_NAMES)[number]

/** The kinds with their labels. */
export const COST_KINDS: Readonly<Record<CostKind, string>> = {
  insurance: 'Insurance',
  registration: 'Registration',
  tax: 'Tax',
  loan: 'Loan or lease',
  other: 'Other',
}

/** Ten years: the longest time that one amount may be for. */
export const MAX_INTERVAL_MONTHS = 120

/** An amount in cents for each interval of months from the first to the last day, if any. */
export type OwnershipCost = {
  kind: CostKind
  cents: number
  intervalMonths: number
  startDay: string
  endDay: string | null
}

/** The cents of one day, and of a kind of cost. */
export type DayCost = {
  kind: CostKind
  day: string
  cents: number
}

/**
 * The cents of a cost that fall on the days up to and including a day. Each interval has its whole
 * amount, spread evenly over its days: after `n` of its `days`, `n / days` of it, rounded down to a
 * cent. So the days of an interval sum to its amount, whatever the amount is, and an interval that
 * ends early has a part of it.
 */
export function accrueCents(cost: OwnershipCost, day: string): number {
  const last = cost.endDay !== null && cost.endDay < day ? cost.endDay : day
  if (last < cost.startDay) return 0
  const interval = countIntervals(cost, last)
  const start = addMonths(cost.startDay, interval * cost.intervalMonths)
  const end = addMonths(cost.startDay, (interval + 1) * cost.intervalMonths)
  const passed = countDays(start, last) + 1
  return interval * cost.cents + Math.floor((cost.cents * passed) / countDays(start, end))
}

/** How many intervals of a cost are over before a day that is not before its first. */
function countIntervals({ startDay, intervalMonths }: OwnershipCost, day: string): number {
  const months = countMonths(startDay, day)
  const estimate = Math.floor(months / intervalMonths)
  return addMonths(startDay, estimate * intervalMonths) > day ? estimate - 1 : estimate
}

/** The months between those of two days, whatever the days in them are. */
function countMonths(from: string, to: string): number {
  const [year = 0, month = 0] = from.split('-').map(Number)
  const [otherYear = 0, otherMonth = 0] = to.split('-').map(Number)
  return 12 * (otherYear - year) + otherMonth - month
}

/**
 * The costs of each month that are due by `until`, on the first day of the month. Together they are
 * exactly what has accrued by then.
 */
export function spreadByMonth(costs: readonly OwnershipCost[], until: string): DayCost[] {
  return costs.flatMap((cost) => {
    const firstMonth = `${cost.startDay.slice(0, 7)}-01`
    const last = cost.endDay !== null && cost.endDay < until ? cost.endDay : until
    const months = Array.from({ length: 1 + countMonths(firstMonth, last) }, (_, month) =>
      addMonths(firstMonth, month),
    )
    const parts = months.map((day, month) => {
      const before = addDays(day, -1)
      const end = addDays(addMonths(firstMonth, month + 1), -1)
      const cents = accrueCents(cost, end < last ? end : last) - accrueCents(cost, before)
      return { kind: cost.kind, day, cents }
    })
    return parts.filter(({ cents }) => cents > 0)
  })
}
