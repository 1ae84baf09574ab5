'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import type { z } from 'zod'
import type { FIGURE, VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'
import { useApi } from '../ui/use-api.ts'
import './vehicle-figures.css'

type Answer = z.output<typeof VEHICLE_STATS>
type Figure = z.output<typeof FIGURE>

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 })

/** What a saved vehicle costs and how much fuel it takes, in the owner's units. */
export function VehicleStats() {
  const { id, lastUpdateTime } = useDocumentInfo()
  return id === undefined ? null : <StatsOf id={String(id)} version={lastUpdateTime} />
}

function StatsOf({ id, version }: { id: string; version: number }) {
  const { value, problem } = useApi<Answer>(`/vehicles/${id}/stats`, version)
  if (!value) return problem ? <p role="alert">{problem}</p> : null
  const { units, totals, fuels, costPerDistance } = value
  const { currency, distance } = units
  return (
    <section aria-label="Figures" className="vehicle-figures">
      <h3>Figures</h3>
      <dl>
        {fuels.map(({ fuelType, tank, economy }) => (
          <Row
            figure={economy.average}
            key={`${fuelType} ${tank}`}
            label={fuels.length > 1 ? `Economy, ${fuelType ?? 'fuel without a type'}` : 'Economy'}
            unit={economy.unit}
          />
        ))}
        <Row figure={totals.distance} label="Distance" unit={distance} />
        <Row figure={give(totals.fuelCost)} label="Fuel" unit={currency} />
        <Row figure={give(totals.maintenanceCost)} label="Maintenance" unit={currency} />
        <Row
          figure={costPerDistance.running}
          label="Fuel and maintenance"
          unit={`${currency} per ${distance}`}
        />
      </dl>
    </section>
  )
}

const give = (value: number): Figure => ({ value, reason: null })

function Row({ label, figure, unit }: { label: string; figure: Figure; unit: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {figure.value === null ? (
          <small>{figure.reason}</small>
        ) : (
          `${NUMBERS.format(figure.value)} ${formatUnit(unit)}`
        )}
      </dd>
    </div>
  )
}

/** `l_per_100km` as `l per 100km`. */
const formatUnit = (unit: string): string => unit.replaceAll('_', ' ')
