import { describe, expect, it } from '@jest/globals'
import {
  findExpiring,
  findPeriodStart,
  sumSpend,
  type VehicleCost,
} from '../../src/garage/domain/owner-summary.ts'

const TAX: VehicleCost = {
  kind: 'tax',
  cents: 36_500,
  intervalMonths: 12,
  startDay: '2026-01-01',
  endDay: null,
  soldDay: null,
}

describe('what an owner spent', () => {
  const logged = [
    { kind: 'fuel' as const, month: 4_000, year: 20_000, last30Days: 5_000 },
    { kind: 'maintenance' as const, month: 0, year: 10_050, last30Days: 1_050 },
  ]

  it('is summed by kind, with the costs of the days that have passed', () => {
    const spent = { logged, costs: [TAX], today: '2026-02-10' }
    expect(sumSpend('month', spent)).toEqual({
      period: '2026-02',
      fuel: 40,
      maintenance: 0,
      ownership: 10,
      total: 50,
    })
    expect(sumSpend('year', spent)).toEqual({
      period: '2026',
      fuel: 200,
      maintenance: 100.5,
      ownership: 41,
      total: 341.5,
    })
    expect(sumSpend('last30Days', spent)).toEqual({
      period: '2026-01-12/2026-02-10',
      fuel: 50,
      maintenance: 10.5,
      ownership: 30,
      total: 90.5,
    })
  })

  it.each([
    ['month', '2026-03-01'],
    ['year', '2026-01-01'],
    ['last30Days', '2026-02-20'],
  ] as const)('is of a period that begins on its first day: %s', (period, start) => {
    expect(findPeriodStart(period, '2026-03-21')).toBe(start)
  })

  it('has no costs of a vehicle after its sale', () => {
    const sold = { ...TAX, soldDay: '2026-01-10' }
    const spent = { logged: [], costs: [sold], today: '2026-02-10' }
    expect(sumSpend('month', spent).ownership).toBe(0)
    expect(sumSpend('year', spent).ownership).toBe(10)
  })
})

describe('documents that expire', () => {
  it('have expired after their last day, and expire soon before it', () => {
    const documents = ['2026-04-30', '2026-03-31', '2026-03-01', '2026-02-28'].map((day) => ({
      expirationDate: day,
      soonDays: null,
    }))
    const early = { expirationDate: '2026-05-30', soonDays: 90 }
    expect(findExpiring([...documents, early], { today: '2026-03-01', days: 30 })).toEqual([
      { expirationDate: '2026-02-28', status: 'expired', daysLeft: -1 },
      { expirationDate: '2026-03-01', status: 'expires_soon', daysLeft: 0 },
      { expirationDate: '2026-03-31', status: 'expires_soon', daysLeft: 30 },
      { expirationDate: '2026-05-30', status: 'expires_soon', daysLeft: 90 },
    ])
  })
})
