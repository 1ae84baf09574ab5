import { describe, expect, it } from '@jest/globals'
import { addDays, addMonths, countDays, getDayInZone } from '../../src/garage/domain/days.ts'
import {
  compareDue,
  computeDue,
  type Due,
  type DueContext,
  type DueMetric,
  type DuePlan,
  type DueStatus,
  findSilence,
  resolveThresholds,
  type Thresholds,
} from '../../src/garage/domain/due.ts'

const TODAY = '2026-06-15'
const USUAL: Thresholds = { days: 30, miles: 500 }
const NO_PLAN: DuePlan = {
  dueDate: null,
  dueMiles: null,
  intervalMonths: null,
  intervalMiles: null,
}

function compute(
  plan: Partial<DuePlan>,
  context: Partial<DueContext> = {},
  thresholds: Thresholds = USUAL,
): Due {
  const usual = { odometer: 50_000, odometerDate: null, milesPerDay: null, today: TODAY }
  return computeDue({ ...NO_PLAN, ...plan }, thresholds, { ...usual, ...context })
}

type ByDate = [dueDate: string, status: DueStatus, daysLeft: number]
type ByMiles = [dueMiles: number, status: DueStatus, milesLeft: number]

describe('a schedule that is due by date', () => {
  it.each<ByDate>([
    ['2026-06-14', 'overdue', -1],
    ['2026-06-15', 'due_soon', 0],
    ['2026-06-16', 'due_soon', 1],
    ['2026-07-14', 'due_soon', 29],
    ['2026-07-15', 'due_soon', 30],
    ['2026-07-16', 'ok', 31],
    ['2027-06-15', 'ok', 365],
    ['2025-06-15', 'overdue', -365],
    ['1999-12-31', 'overdue', -9663],
    ['2999-12-31', 'ok', 355_580],
  ])('on %s is %s', (dueDate, status, daysLeft) => {
    expect(compute({ dueDate })).toEqual({
      status,
      metric: 'date',
      daysLeft,
      milesLeft: null,
      forecastDate: dueDate,
      reason: null,
    })
  })
})

describe('a schedule that is due by miles', () => {
  it.each<ByMiles>([
    [49_999, 'overdue', -1],
    [50_000, 'due_soon', 0],
    [50_001, 'due_soon', 1],
    [50_500, 'due_soon', 500],
    [50_501, 'ok', 501],
    [60_000, 'ok', 10_000],
    [10_000, 'overdue', -40_000],
    [0, 'overdue', -50_000],
  ])('at %i miles is %s at 50,000', (dueMiles, status, milesLeft) => {
    expect(compute({ dueMiles })).toEqual({
      status,
      metric: 'miles',
      daysLeft: null,
      milesLeft,
      forecastDate: null,
      reason: null,
    })
  })
})

type Both = [dueDate: string, dueMiles: number, status: DueStatus, metric: DueMetric]

describe('a schedule that is due by date or miles', () => {
  it.each<Both>([
    ['2026-06-14', 49_999, 'overdue', 'date'],
    ['2026-06-14', 50_000, 'overdue', 'date'],
    ['2026-06-14', 60_000, 'overdue', 'date'],
    ['2026-06-15', 49_999, 'overdue', 'miles'],
    ['2027-06-15', 49_999, 'overdue', 'miles'],
    ['2026-06-20', 50_400, 'due_soon', 'date'],
    ['2026-06-20', 60_000, 'due_soon', 'date'],
    ['2027-06-15', 50_400, 'due_soon', 'miles'],
    ['2026-07-16', 50_500, 'due_soon', 'miles'],
    ['2027-06-15', 60_000, 'ok', 'date'],
  ])('on %s or at %i is %s by %s', (dueDate, dueMiles, status, metric) => {
    expect(compute({ dueDate, dueMiles })).toMatchObject({ status, metric })
  })

  it.each<[...Both, milesPerDay: number, forecast: string]>([
    ['2026-06-25', 50_300, 'due_soon', 'miles', 100, '2026-06-18'],
    ['2026-06-16', 50_300, 'due_soon', 'date', 100, '2026-06-16'],
    ['2026-06-10', 49_000, 'overdue', 'miles', 100, '2026-06-05'],
    ['2026-06-01', 49_000, 'overdue', 'date', 100, '2026-06-01'],
    ['2027-06-15', 60_000, 'ok', 'miles', 50, '2027-01-01'],
    ['2027-06-15', 90_000, 'ok', 'date', 50, '2027-06-15'],
    ['2026-12-31', 50_400, 'due_soon', 'miles', 1, '2026-12-31'],
    ['2026-06-18', 50_300, 'due_soon', 'date', 100, '2026-06-18'],
  ])(
    'on %s or at %i is %s by %s, the first of both, at %i miles a day',
    (dueDate, dueMiles, status, metric, milesPerDay, forecastDate) => {
      expect(compute({ dueDate, dueMiles }, { milesPerDay })).toMatchObject({
        status,
        metric,
        forecastDate,
      })
    },
  )
})

describe('a metric with something missing', () => {
  it('is ignored: no odometer is not an odometer of 0', () => {
    const odometer = null
    expect(compute({ dueDate: '2027-01-01', dueMiles: 100 }, { odometer })).toMatchObject({
      status: 'ok',
      metric: 'date',
      milesLeft: null,
    })
    expect(compute({ dueMiles: 60_000, dueDate: null })).toMatchObject({ metric: 'miles' })
  })

  it('is the reason for an unknown status if there is no other', () => {
    expect(compute({})).toEqual({
      status: 'unknown',
      metric: null,
      daysLeft: null,
      milesLeft: null,
      forecastDate: null,
      reason:
        'Nothing says when it is due. Enter an interval and the last service, or the next due ' +
        'date or mileage.',
    })
    expect(compute({ dueMiles: 60_000 }, { odometer: null })).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('has no odometer reading'),
    })
  })

  it('counts an odometer of 0 as a reading', () => {
    expect(compute({ dueMiles: 500 }, { odometer: 0 })).toMatchObject({ milesLeft: 500 })
  })
})

describe('a forecast', () => {
  it.each([
    [50_100, 100, null, '2026-06-16'],
    [50_099, 100, null, '2026-06-15'],
    [53_650, 10, null, '2027-06-15'],
    [50_000, 100, null, '2026-06-15'],
    [49_900, 100, null, '2026-06-14'],
    [51_000, 100, '2026-06-01', '2026-06-11'],
    [50_010, 0.5, null, '2026-07-05'],
    [51_000, 0, null, null],
    [51_000, null, null, null],
    [9_999_999, 1, null, null],
  ])(
    'for %i miles at %s miles a day since the reading of %s is %s',
    (dueMiles, milesPerDay, odometerDate, forecastDate) => {
      expect(compute({ dueMiles }, { milesPerDay, odometerDate }).forecastDate).toBe(forecastDate)
    },
  )
})

describe('the thresholds', () => {
  const NONE = { days: null, miles: null }
  const resolve = (
    plan: Partial<DuePlan>,
    schedule: Partial<Thresholds> = {},
    vehicle: Partial<Thresholds> = {},
  ) =>
    resolveThresholds(
      { ...NO_PLAN, ...plan },
      { defaults: USUAL, vehicle: { ...NONE, ...vehicle }, schedule: { ...NONE, ...schedule } },
    )

  it.each([
    [{}, {}, {}, { days: 30, miles: 500 }],
    [{ intervalMiles: 5_000 }, {}, {}, { days: 30, miles: 500 }],
    [{ intervalMiles: 7_501 }, {}, {}, { days: 30, miles: 751 }],
    [{ intervalMiles: 30_000 }, {}, {}, { days: 30, miles: 3_000 }],
    [{ intervalMiles: 300 }, {}, {}, { days: 30, miles: 300 }],
    [{ intervalMiles: 30_000 }, {}, { miles: 100 }, { days: 30, miles: 100 }],
    [{ intervalMiles: 30_000 }, { miles: 50 }, { miles: 100 }, { days: 30, miles: 50 }],
    [{ intervalMiles: 300 }, { miles: 1_000 }, {}, { days: 30, miles: 300 }],
    [{}, {}, { days: 14 }, { days: 14, miles: 500 }],
    [{}, { days: 7 }, { days: 14 }, { days: 7, miles: 500 }],
    [{}, { days: 0, miles: 0 }, { days: 14 }, { days: 0, miles: 0 }],
    [{ intervalMonths: 1, dueDate: '2026-03-15' }, {}, {}, { days: 28, miles: 500 }],
    [{ intervalMonths: 1, dueDate: '2026-03-15' }, { days: 60 }, {}, { days: 28, miles: 500 }],
    [{ intervalMonths: 12, dueDate: '2026-03-15' }, { days: 60 }, {}, { days: 60, miles: 500 }],
    [{ intervalMonths: 1 }, { days: 60 }, {}, { days: 60, miles: 500 }],
  ])('of %j with %j and %j are %j', (plan, schedule, vehicle, thresholds) => {
    expect(resolve(plan, schedule, vehicle)).toEqual(thresholds)
  })

  it('of 0 make it due soon on the day itself', () => {
    const thresholds = { days: 0, miles: 0 }
    expect(compute({ dueDate: TODAY }, {}, thresholds).status).toBe('due_soon')
    expect(compute({ dueDate: addDays(TODAY, 1) }, {}, thresholds).status).toBe('ok')
    expect(compute({ dueMiles: 50_000 }, {}, thresholds).status).toBe('due_soon')
    expect(compute({ dueMiles: 50_001 }, {}, thresholds).status).toBe('ok')
  })

  it('of one schedule do not change another', () => {
    const first = resolve({}, { days: 90 })
    expect([first, resolve({})]).toEqual([{ days: 90, miles: 500 }, USUAL])
  })
})

describe('the day of the owner', () => {
  it.each<[string, string, DueStatus, number]>([
    ['2026-06-15T00:00:00Z', 'America/New_York', 'due_soon', 1], // 20:00 on the 14th
    ['2026-06-15T05:00:00Z', 'America/New_York', 'due_soon', 0], // 01:00 on the 15th
    ['2026-06-16T00:00:00Z', 'America/New_York', 'due_soon', 0], // 20:00 on the 15th
    ['2026-06-16T05:00:00Z', 'America/New_York', 'overdue', -1], // 01:00 on the 16th
    ['2026-06-15T08:00:00Z', 'Pacific/Auckland', 'due_soon', 0], // 20:00 on the 15th
    ['2026-06-15T13:00:00Z', 'Pacific/Auckland', 'overdue', -1], // 01:00 on the 16th
    ['2026-06-15T19:00:00Z', 'Europe/London', 'due_soon', 0], // 20:00 on the 15th
    ['2026-06-16T00:00:00Z', 'Europe/London', 'overdue', -1], // 01:00 on the 16th
  ])('decides: at %s in %s it is %s', (instant, zone, status, daysLeft) => {
    const today = getDayInZone(new Date(instant), zone)
    expect(compute({ dueDate: '2026-06-15' }, { today })).toMatchObject({ status, daysLeft })
  })
})

describe('for every anchor day of four years', () => {
  it('what is due a number of months later becomes due soon once, and overdue a day after', () => {
    const anchors = Array.from({ length: 1461 }, (_, index) => addDays('2024-01-01', index))
    for (const anchor of anchors)
      for (const intervalMonths of [1, 3, 6, 12, 24]) {
        const dueDate = addMonths(anchor, intervalMonths)
        const plan = { ...NO_PLAN, dueDate, intervalMonths }
        const none = { days: null, miles: null }
        const { days } = resolveThresholds(plan, {
          defaults: USUAL,
          vehicle: none,
          schedule: none,
        })
        const on = (day: string) => compute(plan, { today: day }, { days, miles: 500 }).status
        expect(days).toBeLessThanOrEqual(countDays(addMonths(dueDate, -intervalMonths), dueDate))
        expect(on(addDays(dueDate, -days - 1))).toBe('ok')
        expect(on(addDays(dueDate, -days))).toBe('due_soon')
        expect(on(dueDate)).toBe('due_soon')
        expect(on(addDays(dueDate, 1))).toBe('overdue')
      }
  })
})

describe('what is due', () => {
  it('is sorted by status, then by the expected day; without a day it comes last', () => {
    const rows = [
      { status: 'unknown', forecastDate: null },
      { status: 'ok', forecastDate: null },
      { status: 'ok', forecastDate: '2027-01-01' },
      { status: 'due_soon', forecastDate: '2026-06-20' },
      { status: 'due_soon', forecastDate: '2026-06-16' },
      { status: 'overdue', forecastDate: '2026-06-01' },
    ] as const
    expect(rows.toSorted(compareDue)).toEqual(rows.toReversed())
  })

  it.each([
    [true, null, null],
    [false, null, 'The vehicle is archived, so nothing is due.'],
    [true, '2026-05-01', 'The vehicle was sold on 2026-05-01, so nothing is due.'],
    [false, '2026-05-01', 'The vehicle was sold on 2026-05-01, so nothing is due.'],
  ])('of a vehicle that is active: %s and sold on %s is silent: %s', (isActive, soldDate, why) => {
    expect(findSilence({ isActive, soldDate }, TODAY)).toBe(why)
  })
})
