import { addDays, addMonths, countDays, limitDay } from './days.ts'

/**
 * What the due dates of a schedule count from: the actual last service, or a fixed date and mileage
 * that a late or early service does not move, as for inspections.
 */
export const ANCHORS = {
  service: 'The last service',
  fixed: 'Fixed dates (inspections)',
} as const

export type Anchor = keyof typeof ANCHORS

/** A day and a mileage, of which one may be missing. */
export type Milestone = { date: string | null; miles: number | null }

/** A schedule as its owner entered it. */
export type SchedulePlan = {
  anchor: Anchor
  intervalMonths: number | null
  intervalMiles: number | null
  enteredService: Milestone
  enteredDue: Milestone
}

/** The first and the latest log that satisfies a schedule; both are null if there is none. */
export type LoggedServices = { first: Milestone | null; latest: Milestone | null }

/** The last service and the next due date and mileage, as they are stored. */
export type NextDue = { lastService: Milestone; due: Milestone }

type LastService = Milestone & { isLogged: boolean }

/** The highest mileage that the columns take. */
const MAX_MILES = 10_000_000
/** How much earlier than a due date or mileage without an interval a service still satisfies it. */
const EARLY_DAYS = 30
const EARLY_MILES = 500

/**
 * Computes when a schedule is due next. With an interval, that is the interval after the last
 * service, or the next fixed date or mileage; without one, what the owner entered, until a log
 * satisfies it. A service without a mileage leaves the next mileage unknown (null).
 */
export function computeNextDue(plan: SchedulePlan, { first, latest }: LoggedServices): NextDue {
  const last = findLastService(plan.enteredService, latest)
  const isServed = isOneTimeServed(plan, last)
  return {
    lastService: { date: last.date, miles: last.miles },
    due: {
      date: computeDueDate(plan, last, first, isServed),
      miles: computeDueMiles(plan, last, first, isServed),
    },
  }
}

/**
 * The later of the service that the owner entered and the latest log. They are compared by day, or
 * by mileage if the owner entered no day.
 */
function findLastService(entered: Milestone, latest: Milestone | null): LastService {
  if (!latest) return { ...entered, isLogged: false }
  if (entered.date === latest.date && entered.date !== null)
    return { date: latest.date, miles: findHigher(entered.miles, latest.miles), isLogged: true }
  const isEnteredLater =
    entered.date !== null && latest.date !== null
      ? entered.date > latest.date
      : entered.miles !== null && latest.miles !== null && entered.miles > latest.miles
  return isEnteredLater ? { ...entered, isLogged: false } : { ...latest, isLogged: true }
}

const findHigher = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other)

/** Whether a log satisfies the due date or mileage that the owner entered without an interval. */
function isOneTimeServed(plan: SchedulePlan, last: LastService): boolean {
  const { enteredDue } = plan
  if (!last.isLogged) return false
  const byDate =
    plan.intervalMonths === null &&
    enteredDue.date !== null &&
    last.date !== null &&
    last.date >= addDays(enteredDue.date, -EARLY_DAYS)
  const byMiles =
    plan.intervalMiles === null &&
    enteredDue.miles !== null &&
    last.miles !== null &&
    last.miles >= enteredDue.miles - EARLY_MILES
  return byDate || byMiles
}

function computeDueDate(
  plan: SchedulePlan,
  last: LastService,
  first: Milestone | null,
  isServed: boolean,
): string | null {
  const { anchor, enteredDue, enteredService, intervalMonths } = plan
  if (intervalMonths === null) return isServed ? null : enteredDue.date
  if (anchor === 'fixed') {
    const start = enteredDue.date ?? enteredService.date ?? first?.date ?? null
    return start && findFixedDate(start, intervalMonths, enteredDue.date ? 0 : 1, last.date)
  }
  if (last.date !== null) return limitDay(addMonths(last.date, intervalMonths))
  return enteredDue.date
}

/**
 * The first of the fixed dates, from number `index` on, that the last service does not satisfy. A
 * service satisfies the date that it is nearest to, and all earlier ones.
 */
function findFixedDate(
  start: string,
  months: number,
  index: number,
  served: string | null,
): string | null {
  let number = index
  const isSatisfied = (date: string) =>
    served !== null &&
    countDays(served, date) < countDays(addMonths(start, (number - 1) * months), served)
  while (isSatisfied(addMonths(start, number * months))) number++
  return limitDay(addMonths(start, number * months))
}

function computeDueMiles(
  plan: SchedulePlan,
  last: LastService,
  first: Milestone | null,
  isServed: boolean,
): number | null {
  const { anchor, enteredDue, enteredService, intervalMiles } = plan
  if (intervalMiles === null) return isServed ? null : enteredDue.miles
  if (anchor === 'fixed') {
    const start = enteredDue.miles ?? enteredService.miles ?? first?.miles ?? null
    if (start === null) return null
    const earliest = enteredDue.miles === null ? start + intervalMiles : start
    return limitMiles(findFixedMiles(earliest, intervalMiles, last.miles))
  }
  if (last.miles !== null) return limitMiles(last.miles + intervalMiles)
  return last.isLogged ? null : enteredDue.miles
}

/** The first of the fixed mileages that the last service does not satisfy, as findFixedDate. */
function findFixedMiles(earliest: number, interval: number, served: number | null): number {
  if (served === null) return earliest
  const steps = Math.ceil((served + interval / 2 - earliest) / interval)
  return earliest + Math.max(0, steps) * interval
}

const limitMiles = (miles: number): number | null => (miles <= MAX_MILES ? miles : null)
