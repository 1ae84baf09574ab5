'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import { useId } from 'react'
import type { z } from 'zod'
import type { DOCUMENTS_STATUS } from '../../documents/endpoints/documents-status.ts'
import { formatVehicleTitle, type NamedVehicle } from '../../domain/vehicle-title.ts'
import type { VEHICLE_DUE } from '../../garage/endpoints/due-schemas.ts'
import type { VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'
import { VehiclePhoto } from '../documents/vehicle-photo.tsx'
import { formatCalendarDay, formatInteger } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/jobs.css'
import { CostFact, EconomyFact, Fact } from './overview-facts.tsx'
import { OverviewDue } from './overview-due.tsx'
import { useStoredOdometer } from './use-stored-odometer.ts'
import { useVehicleVersion } from './use-vehicle-version.ts'
import { VehicleCharts } from './vehicle-charts.tsx'
import './vehicle-overview.css'

type Due = z.output<typeof VEHICLE_DUE>

/**
 * How a saved vehicle is doing, above its form: its photo, name, plate and odometer, what is due,
 * economy and costs, and its charts. Everything is in the owner's units, currency and time zone.
 */
export function VehicleOverview() {
  const { id, data, isTrashed } = useDocumentInfo()
  if (id === undefined || !data || isTrashed) return null
  return <Overview id={String(id)} vehicle={data} />
}

function Overview({ id, vehicle }: { id: string; vehicle: NamedVehicle }) {
  const heading = useId()
  const version = useVehicleVersion()
  const path = `/vehicles/${encodeURIComponent(id)}`
  const due = useApi<Due>(`${path}/due`, version)
  const documents = useApi<z.output<typeof DOCUMENTS_STATUS>>(`${path}/documents-status`, version)
  const stats = useApi<z.output<typeof VEHICLE_STATS>>(`${path}/stats`, version)
  useStoredOdometer(id, version)
  const problem = due.problem ?? documents.problem ?? stats.problem
  return (
    <section aria-labelledby={heading} className="vehicle-overview">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <div className="vehicle-overview__lead">
        <VehiclePhoto />
        <div className="vehicle-overview__about">
          <VehicleNames heading={heading} vehicle={vehicle} />
          <dl className="vehicle-overview__facts">
            <OdometerFact due={due.value} />
            <EconomyFact stats={stats.value} today={due.value?.today ?? null} />
            <CostFact stats={stats.value} today={due.value?.today ?? null} />
          </dl>
          <OverviewDue documents={documents.value} due={due.value} />
        </div>
      </div>
      {stats.value && <VehicleCharts stats={stats.value} />}
    </section>
  )
}

/** Its nickname, or what it is; with what the name leaves out, such as its trim, and its plate. */
function VehicleNames({ heading, vehicle }: { heading: string; vehicle: NamedVehicle }) {
  const { year, make, model, trim, licensePlate } = { trim: undefined, ...vehicle }
  const name = formatVehicleTitle(vehicle)
  const description = [year, make, model, trim].filter(Boolean).join(' ')
  // without a nickname, the name is the beginning of the description
  const rest = description.startsWith(name) ? description.slice(name.length).trim() : description
  return (
    <div className="vehicle-overview__names">
      <h2 id={heading}>{name}</h2>
      {rest !== '' && <span>{rest}</span>}
      {typeof licensePlate === 'string' && licensePlate !== '' && (
        <span className="vehicle-overview__plate">
          <span className="vehicle-overview__hidden">License plate </span>
          {licensePlate}
        </span>
      )}
    </div>
  )
}

function OdometerFact({ due }: { due: Due | null }) {
  if (!due) return <Fact label="Odometer" />
  const { distanceUnit, vehicle } = due
  const { distancePerDay, odometer, odometerDate } = vehicle
  if (odometer === null) return <Fact label="Odometer" note="No reading yet." />
  const notes = [
    odometerDate !== null && `On ${formatCalendarDay(odometerDate)}`,
    distancePerDay !== null && `about ${formatInteger(distancePerDay)} ${distanceUnit} a day`,
  ]
  return (
    <Fact
      label="Odometer"
      note={notes.filter(Boolean).join(', ')}
      value={`${formatInteger(odometer)} ${distanceUnit}`}
    />
  )
}
