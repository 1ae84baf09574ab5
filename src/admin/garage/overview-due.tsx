'use client'
import type { z } from 'zod'
import type { DOCUMENTS_STATUS } from '../../documents/endpoints/documents-status.ts'
import type { VEHICLE_DUE } from '../../garage/endpoints/due-schemas.ts'
import { formatCalendarDay } from '../ui/format-figures.ts'
import '../ui/cells.css'
import { describeExpiry, describeLeft, DUE_LABELS, nameSchedule } from './describe-due.ts'
import './vehicle-figures.css'

type Due = z.output<typeof VEHICLE_DUE>
type Documents = z.output<typeof DOCUMENTS_STATUS>
type Line = {
  key: string
  status: 'overdue' | 'due_soon'
  label: string
  text: string
}

/** How many schedules, and how many documents, an overview names. */
const MAX_LINES = 2

/** What needs attention: the most urgent maintenance, and documents that expire or have expired. */
export function OverviewDue({ due, documents }: { due: Due | null; documents: Documents | null }) {
  if (!due || !documents) return null
  const silence = due.vehicle.silence ?? documents.silence
  const lines = [...listSchedules(due), ...listDocuments(documents)]
  return (
    <div className="vehicle-overview__due">
      <h3>What is due</h3>
      {silence ?? (lines.length === 0 ? <p>{describeNext(due)}</p> : <DueLines lines={lines} />)}
    </div>
  )
}

function DueLines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul>
      {lines.map(({ key, status, label, text }) => (
        <li key={key}>
          <span className={`status-pill due-pill--${status}`}>{label}</span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

const listSchedules = ({ distanceUnit, vehicle }: Due): Line[] =>
  vehicle.schedules
    .flatMap((schedule): Line[] => {
      const { id, status } = schedule
      if (status !== 'overdue' && status !== 'due_soon') return []
      const text = `${nameSchedule(schedule)}: ${describeLeft(schedule, distanceUnit)}`
      return [{ key: id, status, label: DUE_LABELS[status], text }]
    })
    .slice(0, MAX_LINES)

/** The documents that count, if they have expired or expire soon, the most urgent first. */
const listDocuments = ({ documents }: Documents): Line[] =>
  documents
    .filter(({ isCurrent }) => isCurrent)
    .toSorted((one, other) => (one.daysLeft ?? Infinity) - (other.daysLeft ?? Infinity))
    .flatMap(({ id, daysLeft, status, title }): Line[] => {
      const text = `${title} ${daysLeft === null ? '' : describeExpiry(daysLeft)}`
      if (status === 'expired') return [{ key: id, status: 'overdue', label: 'Expired', text }]
      if (status !== 'expires_soon') return []
      return [{ key: id, status: 'due_soon', label: 'Expires soon', text }]
    })
    .slice(0, MAX_LINES)

/** What is due next, if nothing is due now. */
function describeNext({ vehicle: { schedules } }: Due): string {
  if (schedules.length === 0) return 'Nothing: there are no maintenance schedules yet.'
  const next = schedules.find(({ status }) => status === 'ok')
  if (!next) return 'Unknown: see the schedules under Maintenance.'
  const when = next.forecastDate === null ? '' : `, ${formatCalendarDay(next.forecastDate)}`
  return `Nothing now. Next: ${nameSchedule(next)}${when}.`
}
