import { describe, expect, it } from '@jest/globals'
import { countSupply, measureCause } from '../../plugins/market/domain/alert-measure.ts'
import { judgePrice } from '../../plugins/market/domain/verdict.ts'
import { buildCarsAt, computeFiguresAt, CONTEXT } from '../support/market.ts'

const NOW = new Date('2026-03-02T12:00:00.000Z')
const CARS = buildCarsAt([18_000, 19_000, 20_000, 21_000, 22_000])
const BEFORE = { medianCents: 2_500_000, supply: 4, recordedAt: '2026-02-20T12:00:00.000Z' }

function buildSituation(dollars: number, cars = CARS, baseline: typeof BEFORE | null = BEFORE) {
  const figures = computeFiguresAt(cars)
  const price = { cents: dollars * 100, currency: 'USD' }
  const car = { title: '2021 Honda Accord', listedAt: '2026-01-31T13:00:00.000Z', ...price }
  return { car, figures, verdict: judgePrice(figures, price, CONTEXT), baseline, now: NOW }
}

describe('the measure of an alert', () => {
  it.each([
    ['overpriced', 22_000, 10, 10],
    ['underpriced', 18_000, 10, 10],
    ['competitor_undercut', 20_000, 10, 10],
    ['market_moved', 20_000, 20, -20],
    ['supply_moved', 20_000, 25, 25],
  ] as const)('%s at $%d is %d, a difference of %d percent', (type, dollars, amount, percent) => {
    expect(measureCause(type, buildSituation(dollars))).toMatchObject({ amount, percent })
  })

  it('is the number of whole days for a car that is for sale for long', () => {
    expect(measureCause('stale', buildSituation(20_000))).toMatchObject({
      amount: 29,
      percent: null,
    })
  })

  it('is missing without enough cars, and for a change without a baseline', () => {
    expect(measureCause('overpriced', buildSituation(22_000, CARS.slice(0, 2)))).toBeNull()
    expect(measureCause('market_moved', buildSituation(22_000, CARS, null))).toBeNull()
    expect(measureCause('supply_moved', buildSituation(22_000, CARS, null))).toBeNull()
  })

  it('counts cars with outlying prices as supply', () => {
    const figures = computeFiguresAt(buildCarsAt([...Array<number>(8).fill(20_000), 90_000]))
    expect(figures && countSupply(figures)).toBe(9)
  })
})
