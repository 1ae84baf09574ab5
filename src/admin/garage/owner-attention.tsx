'use client'
import { Link, useConfig } from '@payloadcms/ui'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { formatCount } from '../../domain/format-count.ts'
import type { OWNER_SUMMARY } from '../../garage/endpoints/summary-schemas.ts'
import { formatCalendarDay, formatInteger } from '../ui/format-figures.ts'
import './vehicle-figures.css'

type Summary = z.output<typeof OWNER_SUMMARY>
type DueItem = Summary['due']['next'][number]
type ExpiringDocument = Summary['expiring'][number]

/** What is due and which documents expire, over all vehicles of an owner, each with a link. */
export function OwnerAttention({ summary }: { summary: Summary }) {
  const { due, expiring, distanceUnit, today, timeZone } = summary
  return (
    <section aria-labelledby="owner-attention">
      <h3 id="owner-attention">Due and expiring</h3>
      {due.next.length + expiring.length === 0 && (
        <p className="owner-garage__note">Nothing is due, and no document expires soon.</p>
      )}
      <ul className="owner-garage__items">
        {due.next.map((item) => (
          <DueRow item={item} key={item.id} unit={distanceUnit} />
        ))}
        {expiring.map((document) => (
          <DocumentRow document={document} key={document.id} />
        ))}
      </ul>
      <p className="owner-garage__note">
        {`As of ${formatCalendarDay(today)} in ${timeZone}. ${describeOthers(due)}`}
      </p>
    </section>
  )
}

/** How many schedules are not listed because they are not due. */
function describeOthers({ counts, next }: Summary['due']): string {
  const hidden = counts.overdue + counts.due_soon - next.length
  return [
    hidden > 0 && `${formatInteger(hidden)} more are due.`,
    counts.ok > 0 && `${formatCount(counts.ok, 'schedule')} not due.`,
  ]
    .filter(Boolean)
    .join(' ')
}

function DueRow({ item, unit }: { item: DueItem; unit: string }) {
  const { id, category, subtypes, status, vehicle, vehicleTitle } = item
  return (
    <Item
      label={subtypes.length > 0 ? subtypes.join(', ') : category}
      path={`maintenance-schedules/${id}`}
      pill={
        <span className={`status-pill due-pill--${status}`}>
          {status === 'overdue' ? 'Overdue' : 'Due soon'}
        </span>
      }
      vehicle={{ id: vehicle, title: vehicleTitle }}
      when={describeLeft(item, unit)}
    />
  )
}

function DocumentRow({ document }: { document: ExpiringDocument }) {
  const { id, title, status, daysLeft, expirationDate, vehicle, vehicleTitle } = document
  const days = formatCount(Math.abs(daysLeft), 'day')
  return (
    <Item
      label={title}
      path={`documents/${id}`}
      pill={
        <span className={`status-pill due-pill--${status === 'expired' ? 'overdue' : 'due_soon'}`}>
          {status === 'expired' ? 'Expired' : 'Expires soon'}
        </span>
      }
      vehicle={{ id: vehicle, title: vehicleTitle }}
      when={`${formatCalendarDay(expirationDate)}, ${daysLeft < 0 ? `${days} ago` : `in ${days}`}`}
    />
  )
}

type ItemProps = {
  label: string
  path: string
  pill: ReactNode
  vehicle: { id: string; title: string }
  when: string
}

function Item({ label, path, pill, vehicle, when }: ItemProps) {
  const { config } = useConfig()
  const base = `${config.routes.admin}/collections`
  return (
    <li>
      {pill}
      <span className="owner-garage__what">
        <Link href={`${base}/${path}`} prefetch={false}>
          {label}
        </Link>
        <Link className="owner-garage__of" href={`${base}/vehicles/${vehicle.id}`} prefetch={false}>
          {vehicle.title}
        </Link>
      </span>
      <span className="owner-garage__when">{when}</span>
    </li>
  )
}

/** Why something is due: `20 days over`, `383 mi left`. */
function describeLeft({ metric, daysLeft, distanceLeft }: DueItem, unit: string): string {
  if (metric === 'distance' && distanceLeft !== null) {
    const distance = `${formatInteger(Math.abs(distanceLeft))} ${unit}`
    return `${distance} ${distanceLeft < 0 ? 'over' : 'left'}`
  }
  if (daysLeft === null) return ''
  return `${formatCount(Math.abs(daysLeft), 'day')} ${daysLeft < 0 ? 'over' : 'left'}`
}
