import { describe, expect, it } from '@jest/globals'
import { addDays, addMonths } from '../../src/garage/domain/days.ts'
import {
  accrueCents,
  type OwnershipCost,
  spreadByMonth,
} from '../../src/garage/domain/ownership-costs.ts'

const buildCost = (about: Partial<OwnershipCost>): OwnershipCost => ({
  kind: 'insurance',
  cents: 60_000,
  intervalMonths: 6,
  startDay: '2026-01-01',
  endDay: null,
  ...about,
})

/** Whole numbers below a limit, the same ones for each seed (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const sum = (parts: readonly { cents: number }[]) =>
  parts.reduce((total, { cents }) => total + cents, 0)

describe('the costs of owning', () => {
  it('accrue by the day: a part of the amount, and after an interval all of it', () => {
    const cost = buildCost({ cents: 18_100 })
    expect(accrueCents(cost, '2025-12-31')).toBe(0)
    expect(accrueCents(cost, '2026-01-01')).toBe(100)
    expect(accrueCents(cost, '2026-06-30')).toBe(18_100)
    expect(accrueCents(cost, '2026-12-31')).toBe(36_200)
  })

  it('end with the last day, with a part of an interval that ends early', () => {
    const cost = buildCost({ cents: 3_000, intervalMonths: 1, endDay: '2026-04-15' })
    expect(accrueCents(cost, '2026-04-15')).toBe(10_500)
    expect(accrueCents(cost, '2030-01-01')).toBe(10_500)
  })

  it('keep their day of the month where a month is too short for it', () => {
    const cost = buildCost({ cents: 100, intervalMonths: 1, startDay: '2026-01-31' })
    expect(accrueCents(cost, '2026-02-27')).toBe(100)
    expect(accrueCents(cost, '2026-03-30')).toBe(200)
  })

  it('sum to the amounts over the days, months and years, whatever they are', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed)
      const startDay = addDays('2019-12-15', random(900))
      const intervalMonths = 1 + random(24)
      const cents = random(1_000_000)
      const intervals = 1 + random(3)
      const end = addDays(addMonths(startDay, intervals * intervalMonths), -1)
      const cost = buildCost({ startDay, intervalMonths, cents })
      let [total, before] = [0, 0]
      for (let day = startDay; day <= end; day = addDays(day, 1)) {
        const accrued = accrueCents(cost, day)
        expect(accrued).toBeGreaterThanOrEqual(before)
        total += accrued - before
        before = accrued
      }
      expect([seed, total]).toEqual([seed, intervals * cents])
      expect([seed, sum(spreadByMonth([cost], end))]).toEqual([seed, total])
      const stopped = { ...cost, endDay: addDays(end, -random(40)) }
      expect(sum(spreadByMonth([stopped], '2040-01-01'))).toBe(accrueCents(cost, stopped.endDay))
    }
  })

  it('are of no month before the first or after today', () => {
    const costs = [buildCost({ startDay: '2026-01-20', cents: 600, intervalMonths: 1 })]
    expect(spreadByMonth(costs, '2026-01-19')).toEqual([])
    expect(spreadByMonth(costs, '2026-02-05').map(({ day }) => day)).toEqual([
      '2026-01-01',
      '2026-02-01',
    ])
  })
})
