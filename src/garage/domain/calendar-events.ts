import type { Due } from './due.ts'

/** An all-day event of a calendar feed. */
export type CalendarEvent = {
  uid: string
  day: string
  title: string
  description: string
}

/** What a schedule needs to be an event. Distances are in the owner's unit. */
export type CalendarSchedule = Pick<Due, 'status' | 'forecastDate'> & {
  id: string
  category: string
  subtypes: readonly string[]
  dueDate: string | null
  dueOdometer: number | null
}

/**
 * The event of a schedule, on its expected due day; an overdue one is on today, so that it is not
 * lost in the past. Null if no day is known.
 */
export function buildCalendarEvent(
  schedule: CalendarSchedule,
  { vehicle, today, distanceUnit }: { vehicle: string; today: string; distanceUnit: string },
): CalendarEvent | null {
  const { id, category, subtypes, status, forecastDate, dueDate, dueOdometer } = schedule
  const isOverdue = status === 'overdue'
  const day = isOverdue || (forecastDate !== null && forecastDate < today) ? today : forecastDate
  if (day === null) return null
  const work = subtypes.length > 0 ? subtypes.join(', ') : category
  const facts = [
    `Category: ${category}`,
    ...(dueDate === null ? [] : [`Due on: ${dueDate}`]),
    ...(dueOdometer === null ? [] : [`Due at: ${dueOdometer} ${distanceUnit}`]),
  ]
  return {
    uid: `${id}@forecourt`,
    day,
    title: `${isOverdue ? 'Overdue: ' : ''}${work} (${vehicle})`,
    description: facts.join('\n'),
  }
}
