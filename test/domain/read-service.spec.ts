import { describe, expect, it } from '@jest/globals'
import {
  readSchedule,
  readService,
  type ServiceReading,
} from '../../src/garage/imports/domain/read-service.ts'
import type { SourceRecord } from '../../src/garage/imports/domain/source-record.ts'

const READING: ServiceReading = {
  decimal: 'point',
  dates: { order: 'ymd', clock: (local) => new Date(local) },
  isOwnFormat: false,
  distance: 'km',
  catalog: [{ category: 'Routine maintenance', name: 'Oil change', isActive: true }],
  chosen: new Map(),
}
const read = (cells: SourceRecord['cells']) =>
  readService({ line: 1, kind: 'maintenance', cells: { date: '2026-03-01', ...cells } }, READING)

describe('a service of a file', () => {
  it('has a category and subtypes of the catalog, and its other words in its notes', () =>
    expect(
      read({ odometer: '15000', title: 'Oil change, wash', total: '79.504', notes: '5W-30' }),
    ).toEqual({
      row: {
        serviceDate: '2026-03-01',
        odometer: 9_321,
        category: 'Routine maintenance',
        subtypes: ['Oil change'],
        cost: 79.5,
        shopName: null,
        notes: 'wash\n5W-30',
      },
      warnings: [],
    }))

  it('asks for the category of other words', () =>
    expect(read({ title: 'Parking' })).toEqual({
      reasons: [expect.stringContaining('"Parking" is not in the catalog')],
      unknownWord: 'Parking',
    }))

  it('of our own export must be in the catalog', () => {
    const own = { category: 'Routine maintenance', subtypes: '["Oil change"]' }
    expect(read(own)).toMatchObject({ row: { subtypes: ['Oil change'] } })
    expect(read({ ...own, subtypes: '["Wash"]' })).toEqual({
      reasons: [expect.stringContaining('which has no "Wash"')],
    })
    expect(read({ ...own, subtypes: 'Oil change' })).toEqual({
      reasons: [expect.stringContaining('must be a JSON list')],
    })
  })
})

describe('a schedule of our own export', () => {
  it('has what its owner entered', () => {
    const cells = {
      category: 'Routine maintenance',
      intervalMonths: '6',
      nextDueDate: '2027-01-01',
    }
    expect(readSchedule({ line: 1, kind: 'schedule', cells }, READING)).toMatchObject({
      row: {
        category: 'Routine maintenance',
        subtypes: null,
        intervalMonths: 6,
        anchor: 'service',
        enteredDueDate: '2027-01-01',
        emailNotifications: false,
      },
    })
  })

  it('is refused with a wrong anchor', () => {
    const cells = { category: 'Routine maintenance', anchor: 'moon' }
    expect(readSchedule({ line: 1, kind: 'schedule', cells }, READING)).toEqual({
      reasons: ['anchor must be service or fixed, not "moon".'],
    })
  })
})
