'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import type { z } from 'zod'
import type { VEHICLE_DUE } from '../../garage/endpoints/due-schemas.ts'
import { formatCalendarDay, formatInteger } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/cells.css'
import { describeLeft, DUE_LABELS, nameSchedule, type Schedule } from './describe-due.ts'
import { useVehicleVersion } from './use-vehicle-version.ts'
import './vehicle-figures.css'

type Answer = z.output<typeof VEHICLE_DUE>

/** What is due for a saved vehicle, in the owner's units and on the owner's day. */
export function VehicleDue() {
  const { id } = useDocumentInfo()
  const version = useVehicleVersion()
  return id === undefined ? null : <DueOf id={String(id)} version={version} />
}

function DueOf({ id, version }: { id: string; version: string }) {
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
  const { status, reason, dueDate, dueOdometer, forecastDate } = schedule
  const due = [
    dueDate !== null && formatCalendarDay(dueDate),
    dueOdometer !== null && `${formatInteger(dueOdometer)} ${unit}`,
  ]
  return (
    <tr>
      <th scope="row">{nameSchedule(schedule)}</th>
      <td>
        <span className={`status-pill due-pill--${status}`}>{DUE_LABELS[status]}</span>
        {reason && <small>{reason}</small>}
      </td>
      <td>{due.filter(Boolean).join(' or ') || '–'}</td>
      <td>{describeLeft(schedule, unit)}</td>
      <td>{forecastDate === null ? '–' : formatCalendarDay(forecastDate)}</td>
    </tr>
  )
}
