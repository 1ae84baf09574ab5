import { describe, expect, it } from '@jest/globals'
import {
  buildCalendarEvent,
  type CalendarSchedule,
} from '../../src/garage/domain/calendar-events.ts'

const about = { vehicle: 'Blue Civic', today: '2026-06-15', distanceUnit: 'km' }
const aSchedule = (schedule: Partial<CalendarSchedule> = {}): CalendarSchedule => ({
  id: 'one',
  category: 'Routine maintenance',
  subtypes: ['Oil change', 'Oil filter'],
  status: 'ok',
  forecastDate: '2026-09-01',
  dueDate: '2026-10-01',
  dueOdometer: 90_000,
  ...schedule,
})

describe('the event of a schedule', () => {
  it('is on the expected due day and says when it is due', () => {
    expect(buildCalendarEvent(aSchedule(), about)).toEqual({
      uid: 'one@forecourt',
      day: '2026-09-01',
      title: 'Oil change, Oil filter (Blue Civic)',
      description: 'Category: Routine maintenance\nDue on: 2026-10-01\nDue at: 90000 km',
    })
  })

  it('is on today once it is overdue or expected in the past', () => {
    const past = { forecastDate: '2026-05-01', subtypes: [] }
    expect(buildCalendarEvent(aSchedule({ ...past, status: 'overdue' }), about)).toMatchObject({
      day: '2026-06-15',
      title: 'Overdue: Routine maintenance (Blue Civic)',
    })
    expect(buildCalendarEvent(aSchedule({ ...past, status: 'due_soon' }), about)).toMatchObject({
      day: '2026-06-15',
      title: 'Routine maintenance (Blue Civic)',
    })
  })

  it('of something overdue by distance is on today, though no day is expected', () => {
    const schedule = aSchedule({ status: 'overdue', forecastDate: null, dueDate: null })
    expect(buildCalendarEvent(schedule, about)?.day).toBe('2026-06-15')
  })

  it('does not exist without a day', () => {
    expect(buildCalendarEvent(aSchedule({ forecastDate: null }), about)).toBeNull()
  })
})
