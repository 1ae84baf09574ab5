import { describe, expect, it } from '@jest/globals'
import {
  computeNextDue,
  type LoggedServices,
  type Milestone,
  type SchedulePlan,
} from '../../src/garage/domain/next-due.ts'

const NONE: Milestone = { date: null, miles: null }
const at = (date: string | null, miles: number | null): Milestone => ({ date, miles })

const aPlan = (plan: Partial<SchedulePlan>): SchedulePlan => ({
  anchor: 'service',
  intervalMonths: null,
  intervalMiles: null,
  enteredService: NONE,
  enteredDue: NONE,
  ...plan,
})
const logged = (latest: Milestone | null, first = latest): LoggedServices => ({ first, latest })
const compute = (plan: Partial<SchedulePlan>, latest: Milestone | null = null, first = latest) =>
  computeNextDue(aPlan(plan), logged(latest, first))

describe('a schedule that counts from the last service', () => {
  it.each([
    [6, 5_000, at('2026-01-31', 40_000), at('2026-07-31', 45_000)],
    [1, null, at('2026-01-31', 40_000), at('2026-02-28', null)],
    [2, null, at('2026-01-31', null), at('2026-03-31', null)],
    [12, null, at('2024-02-29', null), at('2025-02-28', null)],
    [null, 5_000, at('2026-01-31', 40_000), at(null, 45_000)],
    [6, 5_000, at('2026-01-31', null), at('2026-07-31', null)],
    [6, 5_000, at(null, 40_000), at(null, 45_000)],
    [6, 5_000, NONE, NONE],
    [600, 10_000_000, at('2990-01-01', 1), NONE],
  ])('every %s months or %s miles, after %j is due %j', (months, miles, service, due) => {
    const plan = { intervalMonths: months, intervalMiles: miles, enteredService: service }
    expect(compute(plan)).toEqual({ lastService: service, due })
  })

  it('moves to a later log, and not to an earlier one', () => {
    const plan = {
      intervalMonths: 6,
      intervalMiles: 5_000,
      enteredService: at('2026-01-10', 40_000),
    }
    expect(compute(plan, at('2026-03-10', 42_000))).toEqual({
      lastService: at('2026-03-10', 42_000),
      due: at('2026-09-10', 47_000),
    })
    expect(compute(plan, at('2025-12-10', 39_000))).toEqual(compute(plan))
  })

  it('compares the mileage if the owner entered no day', () => {
    const plan = { intervalMiles: 5_000, enteredService: at(null, 40_000) }
    expect(compute(plan, at('2026-03-10', 42_000)).due.miles).toBe(47_000)
    expect(compute(plan, at('2026-03-10', 38_000)).due.miles).toBe(45_000)
    expect(compute(plan, at('2026-03-10', null)).lastService).toEqual(at('2026-03-10', null))
  })

  it('takes the mileage of either entry of one day', () => {
    const plan = { intervalMiles: 5_000, enteredService: at('2026-03-10', 40_000) }
    expect(compute(plan, at('2026-03-10', null)).due.miles).toBe(45_000)
    expect(compute(plan, at('2026-03-10', 40_010)).due.miles).toBe(45_010)
  })

  it('does not know the next mileage after a log without one', () => {
    const plan = { intervalMonths: 6, intervalMiles: 5_000, enteredDue: at(null, 45_000) }
    expect(compute(plan).due).toEqual(at(null, 45_000))
    expect(compute(plan, at('2026-03-10', null)).due).toEqual(at('2026-09-10', null))
  })

  it('is due first when the owner says so, if there was no service yet', () => {
    const plan = { intervalMonths: 6, enteredDue: at('2026-04-01', null) }
    expect(compute(plan).due.date).toBe('2026-04-01')
    expect(compute(plan, at('2026-03-10', null)).due.date).toBe('2026-09-10')
  })
})

describe('a schedule of fixed dates', () => {
  const yearly = { anchor: 'fixed' as const, intervalMonths: 12 }

  it.each([
    [null, '2026-03-31'], // never done: the first date
    [at('2026-03-10', null), '2027-03-31'], // early
    [at('2026-03-31', null), '2027-03-31'], // on the day
    [at('2026-05-20', null), '2027-03-31'], // late
    [at('2026-12-20', null), '2028-03-31'], // nearer to the next date
    [at('2025-08-01', null), '2026-03-31'], // nearer to the date before
    [at('2031-04-02', null), '2032-03-31'], // years later
  ])('from 2026-03-31 on, after %j is due %s', (latest, due) => {
    expect(compute({ ...yearly, enteredDue: at('2026-03-31', null) }, latest).due.date).toBe(due)
  })

  it('counts from the service that was entered, else from the first log', () => {
    const entered = { ...yearly, enteredService: at('2025-03-31', null) }
    expect(compute(entered).due.date).toBe('2026-03-31')
    expect(compute(entered, at('2026-04-20', null)).due.date).toBe('2027-03-31')
    const [first, latest] = [at('2024-03-31', null), at('2026-04-20', null)]
    expect(compute(yearly, latest, first).due.date).toBe('2027-03-31')
    expect(compute(yearly).due.date).toBeNull()
  })

  it('returns to the end of long months', () => {
    const monthly = { anchor: 'fixed' as const, intervalMonths: 1 }
    const dates = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'].map(
      (day) => compute({ ...monthly, enteredDue: at('2026-01-31', null) }, at(day, null)).due.date,
    )
    expect(dates).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'])
  })

  it.each([
    [null, 60_000],
    [at('2026-01-01', 59_000), 70_000],
    [at('2026-01-01', 63_000), 70_000],
    [at('2026-01-01', 66_000), 80_000],
    [at('2026-01-01', 55_000), 60_000],
    [at('2026-01-01', 12_000), 60_000],
    [at('2026-01-01', 131_000), 140_000],
  ])('every 10,000 miles from 60,000 on, after %j is due at %i', (latest, due) => {
    const plan = { anchor: 'fixed' as const, intervalMiles: 10_000, enteredDue: at(null, 60_000) }
    expect(compute(plan, latest).due.miles).toBe(due)
  })

  it('counts miles from a service that was entered', () => {
    const plan = { anchor: 'fixed' as const, intervalMiles: 10_000 }
    expect(compute({ ...plan, enteredService: at(null, 50_000) }).due.miles).toBe(60_000)
    expect(compute(plan, at('2026-01-01', 50_000)).due.miles).toBe(60_000)
    expect(compute(plan, at('2026-01-01', null)).due.miles).toBeNull()
  })
})

describe('a due date without an interval', () => {
  const once = { enteredDue: at('2026-05-31', 60_000) }

  it.each([
    [null, once.enteredDue],
    [at('2026-01-10', 50_000), once.enteredDue], // long before
    [at('2026-05-10', 57_000), NONE], // a few weeks early
    [at('2026-06-10', null), NONE], // late
    [at('2026-03-10', 59_600), NONE], // by miles
  ])('after %j is %j', (latest, due) => {
    expect(compute(once, latest).due).toEqual(due)
  })

  it('is not satisfied by what the owner entered about the last service', () => {
    expect(compute({ ...once, enteredService: at('2026-05-30', 60_100) }).due).toEqual(
      once.enteredDue,
    )
  })
})
