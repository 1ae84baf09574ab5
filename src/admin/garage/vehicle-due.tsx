'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import type { z } from 'zod'
import { formatCount } from '../../domain/format-count.ts'
import type { DUE_SCHEDULE, VEHICLE_DUE } from '../../garage/endpoints/due-schemas.ts'
import { formatCalendarDay, formatInteger } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/cells.css'
import './vehicle-figures.css'

type Answer = z.output<typeof VEHICLE_DUE>
type Schedule = z.output<typeof DUE_SCHEDULE>

const STATUS_LABELS: Readonly<Record<Schedule['status'], string>> = {
  overdue: 'Overdue',
  due_soon: 'Due soon',
  ok: 'OK',
  unknown: 'Unknown',
}

/** What is due for a saved vehicle, in the owner's units and on the owner's day. */
export function VehicleDue() {
  const { id, lastUpdateTime } = useDocumentInfo()
  return id === undefined ? null : <DueOf id={String(id)} version={lastUpdateTime} />
}

function DueOf({ id, version }: { id: string; version: number }) {
  const { value, problem } = useApi<Answer>(`/vehicles/${id}/due`, version)
  if (!value) return problem ? <p role="alert">{problem}</p> : null
  const { vehicle, distanceUnit, today, timeZone } = value
  const note = vehicle.silence ?? (vehicle.schedules.length === 0 ? 'No schedules yet.' : null)
  return (
    <section aria-label="What is due" className="vehicle-figures">
      <h3>What is due</h3>
      {note ? <p>{note}</p> : <DueTable schedules={vehicle.schedules} unit={distanceUnit} />}
      <p className="vehicle-figures__note">{`As of ${formatCalendarDay(today)} in ${timeZone}.`}</p>
    </section>
  )
}

function DueTable({ schedules, unit }: { schedules: readonly Schedule[]; unit: string }) {
  return (
    <div className="vehicle-figures__scroll">
      <table>
        <thead>
          <tr>
            <th>What</th>
            <th>Status</th>
            <th>Due</th>
            <th>Left</th>
            <th>Expected</th>
          </tr>
        </thead>
        <tbody>
          {schedules.map((schedule) => (
            <DueRow key={schedule.id} schedule={schedule} unit={unit} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DueRow({ schedule, unit }: { schedule: Schedule; unit: string }) {
  const { category, subtypes, status, reason, forecastDate } = schedule
  const { dueDate, dueOdometer, daysLeft, distanceLeft } = schedule
  const formatDistance = (count: number) => `${formatInteger(count)} ${unit}`
  const formatDays = (count: number) => formatCount(count, 'day')
  return (
    <tr>
      <th scope="row">{subtypes.length > 0 ? subtypes.join(', ') : category}</th>
      <td>
        <span className={`status-pill due-pill--${status}`}>{STATUS_LABELS[status]}</span>
        {reason && <small>{reason}</small>}
      </td>
      <td>
        {joinParts([
          dueDate !== null && formatCalendarDay(dueDate),
          dueOdometer !== null && formatDistance(dueOdometer),
        ])}
      </td>
      <td>
        {joinParts([
          daysLeft !== null && describeLeft(daysLeft, formatDays),
          distanceLeft !== null && describeLeft(distanceLeft, formatDistance),
        ])}
      </td>
      <td>{forecastDate === null ? '–' : formatCalendarDay(forecastDate)}</td>
    </tr>
  )
}

/** What is left, or by how much it is overdue: `5 days`, `200 mi over`. */
const describeLeft = (count: number, format: (count: number) => string): string =>
  count < 0 ? `${format(-count)} over` : format(count)

const joinParts = (parts: readonly (string | false)[]): string =>
  parts.filter(Boolean).join(' or ') || '–'
