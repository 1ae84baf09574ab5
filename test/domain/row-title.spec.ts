import { describe, expect, it } from '@jest/globals'
import { formatUntitledRow, isUntitledTable } from '../../src/garage/domain/row-title.ts'

const CONTEXT = {
  vehicle: 'Camry',
  timeZone: 'America/Chicago',
  now: new Date('2026-11-30T12:00:00Z'),
}

describe('the title of a row without one', () => {
  it('names a purchase of fuel by its day and vehicle', () => {
    const row = { dateTime: '2026-11-12T18:00:00.000Z' }
    expect(formatUntitledRow('fuel-logs', row, CONTEXT)).toBe('Fill-up, Nov 12, Camry')
    expect(formatUntitledRow('fuel-logs', { ...row, fuelType: 'electricity' }, CONTEXT)).toBe(
      'Charge, Nov 12, Camry',
    )
  })

  it('has the day and the year of the owner, and the year only if it is another one', () => {
    const name = (dateTime: string, about: Partial<typeof CONTEXT> = {}) =>
      formatUntitledRow('fuel-logs', { dateTime }, { ...CONTEXT, ...about })
    expect(name('2026-11-13T04:00:00.000Z')).toBe('Fill-up, Nov 12, Camry')
    expect(name('2026-11-13T04:00:00.000Z', { timeZone: 'Asia/Tokyo' })).toBe(
      'Fill-up, Nov 13, Camry',
    )
    expect(name('2024-02-29T12:00:00.000Z')).toBe('Fill-up, Feb 29, 2024, Camry')
    expect(name('2026-12-31T23:00:00.000Z', { now: new Date('2027-01-01T03:00:00Z') })).toBe(
      'Fill-up, Dec 31, Camry',
    )
  })

  it('names a service by what was done', () => {
    const name = (subtypes: unknown) =>
      formatUntitledRow('maintenance-logs', { serviceDate: '2026-11-12', subtypes }, CONTEXT)
    expect(name(['Oil change'])).toBe('Oil change, Nov 12, Camry')
    expect(name(['Oil change', 'Oil filter', 'Tires'])).toBe('Oil change and 2 more, Nov 12, Camry')
    expect(name([])).toBe('Service, Nov 12, Camry')
    expect(name(null)).toBe('Service, Nov 12, Camry')
  })

  it('names a schedule by what is due, and a cost by its kind', () => {
    const name = (subtypes: unknown) =>
      formatUntitledRow('maintenance-schedules', { category: 'Inspection', subtypes }, CONTEXT)
    expect(name(['Oil change'])).toBe('Oil change schedule, Camry')
    expect(name(null)).toBe('Inspection schedule, Camry')
    expect(formatUntitledRow('ownership-costs', { kind: 'loan' }, CONTEXT)).toBe(
      'Loan or lease, Camry',
    )
    expect(formatUntitledRow('ownership-costs', { kind: 'x' }, CONTEXT)).toBe(
      'Ownership cost, Camry',
    )
  })

  it('leaves out what is not known', () => {
    const context = { ...CONTEXT, vehicle: null }
    expect(formatUntitledRow('fuel-logs', { dateTime: 'soon' }, context)).toBe('Fill-up')
    expect(formatUntitledRow('maintenance-logs', {}, context)).toBe('Service')
  })

  it('is for four tables', () => {
    expect(['fuel-logs', 'ownership-costs', 'documents', undefined].map(isUntitledTable)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
