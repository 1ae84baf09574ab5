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
  return foldLines(value)
}

/** The maximum length of a line in octets, without its break (RFC 5545, 3.1). */
const MAX_OCTETS = 75

/** Folds the lines of a file by octets, because the library counts characters. */
const foldLines = (file: string): string =>
  file
    .replaceAll(/\r\n[\t ]/g, '')
    .split('\r\n')
    .map(foldLine)
    .join('\r\n')

function foldLine(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MAX_OCTETS) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n')
}

function toDateArray(day: string): DateArray {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return [year, month, date]
}
