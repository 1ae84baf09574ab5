import { describe, expect, it } from '@jest/globals'
import { type AlertRule, type AlertType, evaluateRule } from '../../plugins/market/domain/alert.ts'
import type { Baseline } from '../../plugins/market/domain/alert-measure.ts'
import { computeFigures } from '../../plugins/market/domain/figures.ts'
import { judgePrice } from '../../plugins/market/domain/verdict.ts'
import { buildCarsAt } from '../support/market.ts'

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

/** What a rule says of a market that was `before` and now has these cars, each at this price. */
function change(
  type: AlertType,
  before: Omit<Baseline, 'recordedAt'> | null,
  { dollars, cars }: { dollars: number; cars: number },
  about: Partial<AlertRule> = {},
) {
  const figures = computeFigures(buildCarsAt(Array<number>(cars).fill(dollars)), 30_000)
  const price = { cents: 2_500_000, currency: 'USD' }
  return evaluateRule(rule(type, about), {
    car: { title: '2021 Honda Accord', listedAt: null, ...price },
    figures,
    verdict: judgePrice(figures, price),
    baseline: before && { ...before, recordedAt: '2026-02-16T12:00:00.000Z' },
    now: NOON,
  })
}

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
})

describe('a rule about a car that is for sale for long', () => {
  const standing = (listedAt: string | null, dollars: readonly number[] = []) => {
    const price = { cents: 2_500_000, currency: 'USD' }
    const figures = computeFigures(buildCarsAt(dollars), 30_000)
    return evaluateRule(rule('stale', { thresholdPercent: 1, thresholdDays: 60 }), {
      car: { title: '2021 Honda Accord', listedAt, ...price },
      figures,
      verdict: judgePrice(figures, price),
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
