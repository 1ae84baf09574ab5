import { describe, expect, it } from '@jest/globals'
import {
  listCostMonths,
  listEconomyMonths,
  pickTicks,
  toSeconds,
} from '../../src/admin/garage/chart-series.ts'

const buildMonth = (period: string, about: object = {}) => ({
  period,
  fuelLogs: 0,
  maintenanceLogs: 0,
  fuelCost: 0,
  maintenanceCost: 0,
  ownershipCost: 0,
  cost: 0,
  distance: 0,
  economy: { value: null, reason: 'No fuel was bought in this period.' },
  ...about,
})
const economy = (value: number) => ({ economy: { value, reason: null } })

describe('the series of the charts of a vehicle', () => {
  it('have the months without costs between those with some', () => {
    const months = listCostMonths([
      buildMonth('2025-10'),
      buildMonth('2025-11', { fuelCost: 40, cost: 40 }),
      buildMonth('2026-01', { fuelCost: 20, ownershipCost: 50.5, cost: 70.5 }),
      buildMonth('2026-02', { distance: 300 }),
    ])
    expect(months).toEqual([
      { day: '2025-11-01', fuelCost: 40, maintenanceCost: 0, ownershipCost: 0 },
      { day: '2025-12-01', fuelCost: 0, maintenanceCost: 0, ownershipCost: 0 },
      { day: '2026-01-01', fuelCost: 20, maintenanceCost: 0, ownershipCost: 50.5 },
    ])
  })

  it('have the last 24 months of costs', () => {
    const months = listCostMonths([
      buildMonth('2020-01', { cost: 1 }),
      buildMonth('2026-02', { cost: 1 }),
    ])
    expect([months.length, months[0]?.day, months.at(-1)?.day]).toEqual([
      24,
      '2024-03-01',
      '2026-02-01',
    ])
  })

  it('have no months without costs', () =>
    expect(listCostMonths([buildMonth('2026-01')])).toEqual([]))

  it('have only the months that measure economy', () => {
    const months = [buildMonth('2026-01'), buildMonth('2026-02', economy(30))]
    expect(listEconomyMonths(months)).toEqual([{ day: '2026-02-01', economy: 30 }])
  })

  it('are labeled at points that are far enough from each other', () => {
    const points = ['2026-01-01', '2026-01-02', '2026-02-01', '2026-03-01', '2026-12-01'].map(
      toSeconds,
    )
    const year = toSeconds('2026-12-01') - toSeconds('2026-01-01')
    expect(pickTicks(points, 4, year)).toEqual([points[0], points[4]])
    expect(pickTicks(points.slice(0, 4), 4, year)).toEqual([points[0]])
    expect(pickTicks(points.slice(0, 1), 4, 0)).toEqual(points.slice(0, 1))
    expect(pickTicks([], 4, 0)).toEqual([])
    const many = Array.from({ length: 500 }, (_, i) => i)
    expect(pickTicks(many, 4, 499).length).toBeLessThanOrEqual(4)
  })
})
