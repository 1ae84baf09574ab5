import { describe, expect, it } from '@jest/globals'
import {
  describeExpiry,
  describeLeft,
  nameSchedule,
  type Schedule,
} from '../../src/admin/garage/describe-due.ts'

const SCHEDULE: Schedule = {
  id: '6f9f0a52-3c61-4e4c-9f30-5a9b5f3f7d10',
  category: 'Repair',
  subtypes: [],
  status: 'ok',
  metric: 'date',
  lastServiceDate: null,
  lastServiceOdometer: null,
  dueDate: null,
  dueOdometer: null,
  daysLeft: null,
  distanceLeft: null,
  forecastDate: null,
  reason: null,
}

describe('what is due, in words', () => {
  it('is named by what is done, else by its category', () => {
    expect(nameSchedule({ ...SCHEDULE, subtypes: ['Oil change', 'Tires'] })).toBe(
      'Oil change, Tires',
    )
    expect(nameSchedule(SCHEDULE)).toBe('Repair')
  })

  it('has what is left or over, with its units', () => {
    expect(describeLeft({ ...SCHEDULE, daysLeft: 1, distanceLeft: 1_200 }, 'km')).toBe(
      '1 day or 1,200 km left',
    )
    expect(describeLeft({ ...SCHEDULE, daysLeft: -19, distanceLeft: 1_293 }, 'mi')).toBe(
      '19 days over, 1,293 mi left',
    )
    expect(describeLeft({ ...SCHEDULE, daysLeft: -1, distanceLeft: -20 }, 'mi')).toBe(
      '1 day and 20 mi over',
    )
    expect(describeLeft({ ...SCHEDULE, daysLeft: -5 }, 'mi')).toBe('5 days over')
    expect(describeLeft(SCHEDULE, 'mi')).toBe('–')
  })

  it('has the days until a document expires', () => {
    expect([12, 1, 0, -3].map(describeExpiry)).toEqual([
      'expires in 12 days',
      'expires in 1 day',
      'expires today',
      'expired 3 days ago',
    ])
  })
})
