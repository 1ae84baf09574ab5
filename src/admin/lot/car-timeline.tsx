'use client'
import { useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { TIMELINE_KINDS, type TimelineEvent } from '../../lot/domain/timeline.ts'
import { useNow, useVersion } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'
import { formatCalendarDay } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import { useMoneyFormat } from '../ui/use-money-format.ts'
import '../ui/jobs.css'
import './car-timeline.css'

type Answer = {
  events: TimelineEvent[]
  unavailable: string[]
}

/** What happened to a car, newest first. For use as a `ui` field. */
export function CarTimeline() {
  const { id } = useDocumentInfo()
  if (id === undefined) return <p className="jobs__empty">Save the car first.</p>
  return <Events car={String(id)} />
}

function Events({ car }: { car: string }) {
  const { lastUpdateTime } = useDocumentInfo()
  const updatedAt = useFormFields(([fields]) => fields['updatedAt']?.value)
  const [version] = useVersion(lastUpdateTime)
  const now = useNow(0, 60_000)
  const path = `/inventory/${encodeURIComponent(car)}/timeline`
  const { value, problem } = useApi<Answer>(path, `${version} ${String(updatedAt)}`)
  return (
    <div className="car-timeline">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {!value && !problem && <p className="jobs__empty">Loading…</p>}
      {value?.unavailable.map((reason) => (
        <p className="jobs__problem" key={reason}>
          {reason}
        </p>
      ))}
      <ol className="car-timeline__events">
        {value?.events.toReversed().map((event, index) => (
          <EventItem event={event} key={`${event.at} ${event.kind} ${index}`} now={now} />
        ))}
      </ol>
    </div>
  )
}

function EventItem({ event, now }: { event: TimelineEvent; now: Date }) {
  const { at, details, kind, price } = event
  const formatPrice = useMoneyFormat()
  const when = kind === 'recall' ? formatCalendarDay(at.slice(0, 10)) : formatMoment(at, now)
  return (
    <li className={`car-timeline__event car-timeline__event--${kind}`}>
      <time dateTime={at}>{when}</time>
      <span className="car-timeline__about">
        <strong>{TIMELINE_KINDS[kind]}</strong>
        {price !== null && <span>{formatPrice(price)}</span>}
        {details && <span className="car-timeline__details">{details}</span>}
      </span>
    </li>
  )
}
