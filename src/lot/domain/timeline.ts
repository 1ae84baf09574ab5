/** What happens to a car, by the label of the panel. */
export const TIMELINE_KINDS = {
  submitted: 'Submitted',
  bought: 'Bought',
  listed: 'Listed',
  price: 'Price changed',
  held: 'On hold',
  sold: 'Sold',
  relisted: 'Listed again',
  elsewhere: 'For sale elsewhere',
  left: 'Left another seller',
  recall: 'Recall',
} as const

export type TimelineKind = keyof typeof TIMELINE_KINDS

/**
 * One event in the life of a car. `at` is an instant in ISO 8601; of an event that only has a day,
 * it is midnight in UTC. `details` is a sentence or name for the reader, and `price` a decimal in
 * the currency of the lot: what was asked, paid or changed to.
 */
export type TimelineEvent = {
  at: string
  kind: TimelineKind
  details: string | null
  price: number | null
}

/** Two events within this time are the same one, told by two sources. */
const SAME_MS = 60_000

/**
 * Sorts events, oldest first and those of one instant in the usual order, and drops a listing that
 * is also told as the car being listed again.
 */
export function buildTimeline(events: readonly TimelineEvent[]): TimelineEvent[] {
  const again = events.filter(({ kind }) => kind === 'relisted').map(toTime)
  const isRepeated = (event: TimelineEvent) =>
    event.kind === 'listed' && again.some((time) => Math.abs(time - toTime(event)) < SAME_MS)
  return events
    .filter((event) => !isRepeated(event))
    .toSorted((one, other) => toTime(one) - toTime(other) || toOrder(one) - toOrder(other))
}

const toTime = ({ at }: TimelineEvent): number => Date.parse(at)
const KINDS = Object.keys(TIMELINE_KINDS)
const toOrder = ({ kind }: TimelineEvent): number => KINDS.indexOf(kind)
