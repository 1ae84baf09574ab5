import type { z } from 'zod'
import { formatCount } from '../../domain/format-count.ts'
import type { DUE_SCHEDULE } from '../../garage/endpoints/due-schemas.ts'
import { formatInteger } from '../ui/format-figures.ts'

/** A schedule of a vehicle, and how due it is. */
export type Schedule = z.output<typeof DUE_SCHEDULE>

/** The labels of how due a schedule is. */
export const DUE_LABELS: Readonly<Record<Schedule['status'], string>> = {
  overdue: 'Overdue',
  due_soon: 'Due soon',
  ok: 'OK',
  unknown: 'Unknown',
}

/** What is due: `Oil change, Tires`, else the category. */
export const nameSchedule = ({ category, subtypes }: Schedule): string =>
  subtypes.length > 0 ? subtypes.join(', ') : category

/**
 * What is left until a schedule is due, and by how much it is overdue: `5 days or 200 mi left`, `19
 * days over, 1,293 mi left`; `–` if neither is known.
 */
export function describeLeft({ daysLeft, distanceLeft }: Schedule, unit: string): string {
  const counts = [
    { count: daysLeft, format: (count: number) => formatCount(count, 'day') },
    { count: distanceLeft, format: (count: number) => `${formatInteger(count)} ${unit}` },
  ]
  const known = counts.flatMap(({ count, format }) =>
    count === null ? [] : [{ isOver: count < 0, text: format(Math.abs(count)) }],
  )
  const list = (over: boolean) =>
    known
      .flatMap(({ isOver, text }) => (isOver === over ? [text] : []))
      .join(over ? ' and ' : ' or ')
  const [over, left] = [list(true), list(false)]
  return [over && `${over} over`, left && `${left} left`].filter(Boolean).join(', ') || '–'
}

/** The days until a document expires: `expires in 12 days`, `expired 3 days ago`. */
export function describeExpiry(daysLeft: number): string {
  if (daysLeft === 0) return 'expires today'
  return daysLeft > 0
    ? `expires in ${formatCount(daysLeft, 'day')}`
    : `expired ${formatCount(-daysLeft, 'day')} ago`
}
