import { describe, expect, it } from '@jest/globals'
import {
  type AlertRule,
  evaluateRule,
  type AlertType,
  canRaise,
  computeBaselineStart,
} from '../../plugins/market/domain/alert.ts'
import type { Baseline } from '../../plugins/market/domain/alert-measure.ts'
import { judgePrice } from '../../plugins/market/domain/verdict.ts'
import { buildCarsAt, computeFiguresAt, CONTEXT } from '../support/market.ts'

const rule = (type: AlertType, about: Partial<AlertRule> = {}): AlertRule => ({
  id: 'a rule',
  name: 'A rule',
  type,
  thresholdPercent: 10,
  thresholdDays: 60,
  cooldownHours: 24,
  mutedUntilAt: null,
  ...about,
})

const NOON = new Date('2026-03-02T12:00:00.000Z')

/**
 * What a rule says of our Accord at this price, beside cars at $18,000 to $22,000 with $20,000 in
 * their middle.
 */
function result(
  type: AlertType,
  dollars: number,
  about: Partial<AlertRule> = {},
  cars = buildCarsAt([18_000, 19_000, 20_000, 21_000, 22_000]),
) {
  const figures = computeFiguresAt(cars)
  const price = { cents: dollars * 100, currency: 'USD' }
  return evaluateRule(rule(type, about), {
    car: { title: '2021 Honda Accord', listedAt: null, ...price },
    figures,
    verdict: judgePrice(figures, price, CONTEXT),
    baseline: null,
    now: NOON,
  })
}

/** What a rule says of a market that was `before` and now has these cars, each at this price. */
function change(
  type: AlertType,
  before: Omit<Baseline, 'recordedAt'> | null,
  { dollars, cars }: { dollars: number; cars: number },
  about: Partial<AlertRule> = {},
) {
  const figures = computeFiguresAt(buildCarsAt(Array<number>(cars).fill(dollars)))
  const price = { cents: 2_500_000, currency: 'USD' }
  return evaluateRule(rule(type, about), {
    car: { title: '2021 Honda Accord', listedAt: null, ...price },
    figures,
    verdict: judgePrice(figures, price, CONTEXT),
    baseline: before && { ...before, recordedAt: '2026-02-16T12:00:00.000Z' },
    now: NOON,
  })
}

describe('a rule', () => {
  it.each([
    ['overpriced', 21_999, null],
    ['overpriced', 22_000, 'warning'],
    ['overpriced', 24_000, 'critical'],
    ['overpriced', 15_000, null],
    ['underpriced', 18_001, null],
    ['underpriced', 18_000, 'warning'],
    ['underpriced', 16_000, 'critical'],
    ['competitor_undercut', 19_999, null],
    ['competitor_undercut', 20_000, 'warning'],
    ['competitor_undercut', 22_500, 'critical'],
  ] as const)('%s at ten percent says of $%d: %j', (type, dollars, severity) => {
    expect(result(type, dollars)?.severity ?? null).toBe(severity)
  })

  it('from 0 percent on says nothing of a price that is the market’s own', () => {
    for (const [type, dollars] of [
      ['overpriced', 20_000],
      ['underpriced', 20_000],
      ['competitor_undercut', 18_000],
    ] as const) {
      expect(result(type, dollars, { thresholdPercent: 0 })).toBeNull()
    }
    expect(result('overpriced', 20_001, { thresholdPercent: 0 })).not.toBeNull()
  })

  it('says what it found, in words and in percent', () => {
    expect(result('overpriced', 23_000)).toMatchObject({
      message: '2021 Honda Accord: $23,000 is 15.0% above the market price of $20,000.',
      percent: 15,
    })
    expect(result('underpriced', 17_000)?.message).toBe(
      '2021 Honda Accord: $17,000 is 15.0% below the market price of $20,000.',
    )
    expect(result('competitor_undercut', 22_500)?.message).toBe(
      '2021 Honda Accord: Northside Motors is asking $18,000, 20.0% less than our $22,500.',
    )
  })

  it('does not take a car that was driven much further for a cheaper one', () => {
    const cars = buildCarsAt(
      Array.from({ length: 9 }, (_, index) => 22_000 - 500 * index),
      (index) => 30_000 + 2_500 * index,
    )
    expect(result('competitor_undercut', 22_000, {}, cars)).toBeNull()
    expect(result('competitor_undercut', 25_000, {}, cars)).toMatchObject({ percent: 12 })
  })

  it('about missing data speaks when there is too little to compare with, and no other one does', () => {
    const few = buildCarsAt([18_000, 19_000])
    for (const type of ['overpriced', 'underpriced', 'competitor_undercut'] as const)
      expect(result(type, 90_000, {}, few)).toBeNull()
    expect(result('no_market_data', 90_000)).toBeNull()
    expect(result('no_market_data', 90_000, {}, few)).toEqual({
      severity: 'warning',
      percent: null,
      message:
        '2021 Honda Accord: Only 2 cars like this one are for sale; at least 5 are needed to ' +
        'estimate the market price.',
    })
  })
})

describe('a rule about a market that moves', () => {
  const before = { medianCents: 2_675_000, supply: 10 }
  const five = { thresholdPercent: 5 }

  it.each([
    [28_087.49, null],
    [28_087.5, 'warning'],
    [29_424.99, 'warning'],
    [29_425, 'critical'],
    [25_412.5, 'warning'],
    [24_075, 'critical'],
    [26_750, null],
  ])('says at five percent of a median that was $26,750 and is $%d: %j', (dollars, severity) => {
    expect(change('market_moved', before, { dollars, cars: 5 }, five)?.severity ?? null).toBe(
      severity,
    )
  })

  it('names both medians and the day, and says whether it rose or fell', () => {
    expect(change('market_moved', before, { dollars: 28_355, cars: 5 }, five)).toEqual({
      severity: 'warning',
      percent: 6,
      message:
        '2021 Honda Accord: the median price of comparable cars rose 6.0% since Feb 16, 2026, ' +
        'from $26,750 to $28,355.',
    })
    expect(change('market_moved', before, { dollars: 25_000, cars: 5 }, five)).toMatchObject({
      percent: -6.5,
      message: expect.stringContaining('fell 6.5% since Feb 16, 2026, from $26,750 to $25,000.'),
    })
  })

  it('counts cars for the supply, whatever they cost', () => {
    const twenty = { thresholdPercent: 20 }
    const moved = (cars: number) =>
      change('supply_moved', before, { dollars: 90_000, cars }, twenty)
    expect([moved(9), moved(11)]).toEqual([null, null])
    expect(moved(8)).toEqual({
      severity: 'warning',
      percent: -20,
      message:
        '2021 Honda Accord: the number of comparable cars for sale fell 20.0% since ' +
        'Feb 16, 2026, from 10 to 8.',
    })
    expect(moved(14)).toMatchObject({ severity: 'critical', percent: 40 })
  })

  it('says nothing without an earlier market, or with too few cars now', () => {
    for (const type of ['market_moved', 'supply_moved'] as const) {
      expect(change(type, null, { dollars: 90_000, cars: 50 })).toBeNull()
      expect(change(type, before, { dollars: 90_000, cars: 4 })).toBeNull()
    }
    const unknown = { medianCents: 2_675_000, supply: null }
    expect(change('supply_moved', unknown, { dollars: 26_750, cars: 50 })).toBeNull()
  })

  it('starts two weeks ago, or at its last alert, which reported what was before', () => {
    const last = (raisedAt: string) => ({ raisedAt, dismissedAt: null })
    expect(computeBaselineStart(null, NOON)).toBe('2026-02-16T12:00:00.000Z')
    expect(computeBaselineStart(last('2026-01-01T00:00:00.000Z'), NOON)).toBe(
      '2026-02-16T12:00:00.000Z',
    )
    expect(computeBaselineStart(last('2026-03-01T06:00:00.000Z'), NOON)).toBe(
      '2026-03-01T06:00:00.000Z',
    )
  })
})

describe('a rule about a car that is for sale for long', () => {
  const standing = (listedAt: string | null, dollars: readonly number[] = []) => {
    const price = { cents: 2_500_000, currency: 'USD' }
    const figures = computeFiguresAt(buildCarsAt(dollars))
    return evaluateRule(rule('stale', { thresholdPercent: 1, thresholdDays: 60 }), {
      car: { title: '2021 Honda Accord', listedAt, ...price },
      figures,
      verdict: judgePrice(figures, price, CONTEXT),
      baseline: null,
      now: NOON,
    })
  }

  it('counts whole days, with or without a market to compare with', () => {
    expect(standing('2026-01-01T12:00:00.001Z')).toBeNull()
    const alert = {
      severity: 'warning',
      percent: null,
      message: '2021 Honda Accord: for sale for 60 days, since Jan 1, 2026.',
    }
    expect(standing('2026-01-01T12:00:00.000Z')).toEqual(alert)
    expect(standing('2026-01-01T12:00:00.000Z', Array<number>(9).fill(20_000))).toEqual(alert)
    expect(standing('2025-11-02T12:00:00.000Z')).toMatchObject({ severity: 'critical' })
  })

  it('says nothing of a car that was never listed', () => {
    expect(standing(null)).toBeNull()
  })
})

describe('an alert is raised', () => {
  const now = NOON
  const dismissed = (dismissedAt: string | null) => ({
    raisedAt: '2026-02-20T12:00:00.000Z',
    dismissedAt,
  })

  it('once a cause, until it is dismissed', () => {
    expect(canRaise(rule('overpriced'), null, now)).toBe(true)
    expect(canRaise(rule('overpriced'), dismissed(null), now)).toBe(false)
  })

  it.each([
    ['2026-03-01T12:00:00.000Z', true],
    ['2026-03-01T12:00:00.001Z', false],
  ])('again a day after it was dismissed: at %s %j', (dismissedAt, raised) => {
    expect(canRaise(rule('overpriced'), dismissed(dismissedAt), now)).toBe(raised)
  })

  it.each([
    ['2026-03-02T12:00:00.001Z', false],
    ['2026-03-02T12:00:00.000Z', true],
  ])('not while its rule is muted: until %s %j', (mutedUntilAt, raised) => {
    expect(canRaise(rule('overpriced', { mutedUntilAt }), null, now)).toBe(raised)
  })
})
