import { centsToAmount } from '../../domain/money.ts'
import { addDays, countDays } from './days.ts'
import { computeDue } from './due.ts'
import { accrueCents, type OwnershipCost } from './ownership-costs.ts'

/** What an owner spent in a period, by kind. */
export type Spend = {
  period: string
  fuel: number
  maintenance: number
  ownership: number
  total: number
}

/** A time that ends today: since the first of this month or this year, or the last 30 days. */
export type SpendPeriod = 'month' | 'year' | 'last30Days'

/** The cents of fuel and maintenance in each period. */
export type LoggedCents = { kind: 'fuel' | 'maintenance' } & Record<SpendPeriod, number>

/** An ownership cost, and the day on which its vehicle was sold, if it was. */
export type VehicleCost = OwnershipCost & { soldDay: string | null }

/** The first day of a period that ends today. */
export function findPeriodStart(period: SpendPeriod, today: string): string {
  if (period === 'last30Days') return addDays(today, -29)
  return period === 'month'
    ? `${today.slice(0, 'YYYY-MM'.length)}-01`
    : `${today.slice(0, 4)}-01-01`
}

/** A period as it is written: `2026-03`, `2026`, or `2026-02-20/2026-03-21` (ISO 8601). */
const formatPeriod = (period: SpendPeriod, today: string): string => {
  if (period === 'last30Days') return `${findPeriodStart(period, today)}/${today}`
  return today.slice(0, period === 'month' ? 'YYYY-MM'.length : 'YYYY'.length)
}

/** Sums what an owner spent in a period that ends today, by kind. */
export function sumSpend(period: SpendPeriod, { logged, costs, today }: SpentRows): Spend {
  const start = findPeriodStart(period, today)
  const sumLogged = (kind: LoggedCents['kind']) =>
    logged.filter((row) => row.kind === kind).reduce((total, row) => total + row[period], 0)
  const [fuel, maintenance] = [sumLogged('fuel'), sumLogged('maintenance')]
  const ownership = costs.reduce(
    (total, cost) => total + accrueBetween(cost, addDays(start, -1), today),
    0,
  )
  return {
    period: formatPeriod(period, today),
    fuel: centsToAmount(fuel),
    maintenance: centsToAmount(maintenance),
    ownership: centsToAmount(ownership),
    total: centsToAmount(fuel + maintenance + ownership),
  }
}

/** What a sum of spend is computed from. */
type SpentRows = {
  logged: readonly LoggedCents[]
  costs: readonly VehicleCost[]
  today: string
}

/** The cents of a cost after one day, up to another or the sale of the vehicle. */
function accrueBetween(cost: VehicleCost, after: string, until: string): number {
  const last = cost.soldDay !== null && cost.soldDay < until ? cost.soldDay : until
  return last <= after ? 0 : accrueCents(cost, last) - accrueCents(cost, after)
}

/**
 * A document with the day on which it expires, and how many days before that it expires soon; null
 * if its vehicle has no threshold of its own.
 */
export type ExpiringDocument = { expirationDate: string; soonDays: number | null }

/** A document that has expired, or expires soon. */
export type Expiring<Document> = Omit<Document, 'soonDays'> & {
  status: 'expired' | 'expires_soon'
  daysLeft: number
}

/**
 * The documents that have expired, or expire within so many days, the earliest first: by the same
 * rule as maintenance that is due by date. On its last day, a document has not expired yet.
 */
export function findExpiring<Document extends ExpiringDocument>(
  documents: readonly Document[],
  { today, days }: { today: string; days: number },
): Expiring<Document>[] {
  return documents
    .toSorted((one, other) => (one.expirationDate < other.expirationDate ? -1 : 1))
    .flatMap(({ soonDays, ...document }) => {
      const plan = {
        dueDate: document.expirationDate,
        dueMiles: null,
        intervalMonths: null,
        intervalMiles: null,
      }
      const context = { odometer: null, odometerDate: null, milesPerDay: null, today }
      const { status } = computeDue(plan, { days: soonDays ?? days, miles: 0 }, context)
      if (status !== 'overdue' && status !== 'due_soon') return []
      return {
        ...document,
        status: status === 'overdue' ? 'expired' : 'expires_soon',
        daysLeft: countDays(today, document.expirationDate),
      }
    })
}
