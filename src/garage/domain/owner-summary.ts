import { centsToAmount } from '../../domain/money.ts'
import { addDays, countDays } from './days.ts'
import { computeDue } from './due.ts'
import { accrueCents, type OwnershipCost } from './ownership-costs.ts'

/** What an owner spent in a month or a year, by kind. */
export type Spend = {
  period: string
  fuel: number
  maintenance: number
  ownership: number
  total: number
}

/** The cents of fuel and maintenance in a month and its year. */
export type LoggedCents = { kind: 'fuel' | 'maintenance'; month: number; year: number }

/** An ownership cost, and the day on which its vehicle was sold, if it was. */
export type VehicleCost = OwnershipCost & { soldDay: string | null }

/** Sums what an owner spent since the first day of this month, or of this year, by kind. */
export function sumSpend(period: 'month' | 'year', { logged, costs, today }: SpentRows): Spend {
  const name = today.slice(0, period === 'month' ? 'YYYY-MM'.length : 'YYYY'.length)
  const start = period === 'month' ? `${name}-01` : `${name}-01-01`
  const sumLogged = (kind: LoggedCents['kind']) =>
    logged.filter((row) => row.kind === kind).reduce((total, row) => total + row[period], 0)
  const [fuel, maintenance] = [sumLogged('fuel'), sumLogged('maintenance')]
  const ownership = costs.reduce(
    (total, cost) => total + accrueBetween(cost, addDays(start, -1), today),
    0,
  )
  return {
    period: name,
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

/** A document with the day on which it expires. */
export type ExpiringDocument = { expirationDate: string }

/** A document that has expired, or expires soon. */
export type Expiring<Document> = Document & {
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
    .flatMap((document) => {
      const plan = {
        dueDate: document.expirationDate,
        dueMiles: null,
        intervalMonths: null,
        intervalMiles: null,
      }
      const context = { odometer: null, odometerDate: null, milesPerDay: null, today }
      const { status } = computeDue(plan, { days, miles: 0 }, context)
      if (status !== 'overdue' && status !== 'due_soon') return []
      return {
        ...document,
        status: status === 'overdue' ? 'expired' : 'expires_soon',
        daysLeft: countDays(today, document.expirationDate),
      }
    })
}
