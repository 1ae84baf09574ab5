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
 * What is left until a schedule is due, or by how much it is overdue: `5 days or 200 mi over`;
 * `–` if neither is known.
 */
export function describeLeft({ daysLeft, distanceLeft }: Schedule, unit: string): string {
  const parts = [
    daysLeft !== null && describeCount(daysLeft, (count) => formatCount(count, 'day')),
    distanceLeft !== null &&
      describeCount(distanceLeft, (count) => `${formatInteger(count)} ${unit}`),
  ]
  return parts.filter(Boolean).join(' or ') || '–'
}

const describeCount = (count: number, format: (count: number) => string): string =>
  count < 0 ? `${format(-count)} over` : format(count)

/** The days until a document expires: `expires in 12 days`, `expired 3 days ago`. */
export function describeExpiry(daysLeft: number): string {
  if (daysLeft === 0) return 'expires today'
  return daysLeft > 0
    ? `expires in ${formatCount(daysLeft, 'day')}`
    : `expired ${formatCount(-daysLeft, 'day')} ago`
}
