import { createEvents, type DateArray } from 'ics'
import { addDays } from './domain/days.ts'
import type { CalendarEvent } from './domain/calendar-events.ts'

const HEADER = { productId: 'forecourt', calName: 'Vehicle maintenance', method: 'PUBLISH' }

/** Writes events as an iCalendar file (RFC 5545) of all-day events that do not block time. */
export function writeCalendarFile(events: readonly CalendarEvent[]): string {
  const { error, value } = createEvents(
    events.map(({ uid, day, title, description }) => ({
      uid,
      title,
      description,
      start: toDateArray(day),
      end: toDateArray(addDays(day, 1)),
      transp: 'TRANSPARENT',
      busyStatus: 'FREE',
    })),
    HEADER,
  )
  if (value === null) throw new Error('The calendar could not be written.', { cause: error })
  return value
}

function toDateArray(day: string): DateArray {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return [year, month, date]
}
