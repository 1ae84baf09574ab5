'use client'
import { useDocumentInfo } from '@payloadcms/ui'
import type { z } from 'zod'
import { formatUnitPrice } from '../../domain/money.ts'
import type { FIGURE, VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'
import { formatCalendarDay, formatOwnerAmount } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import { formatEconomy } from './format-economy.ts'
import { useVehicleVersion } from './use-vehicle-version.ts'
import './vehicle-figures.css'

type Answer = z.output<typeof VEHICLE_STATS>
type Figure = z.output<typeof FIGURE>

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 })

/** What a saved vehicle costs and how much fuel it takes, in the owner's units. */
export function VehicleStats() {
  const { id } = useDocumentInfo()
  const version = useVehicleVersion()
  return id === undefined ? null : <StatsOf id={String(id)} version={version} />
}

function StatsOf({ id, version }: { id: string; version: string }) {
  const { value, problem } = useApi<Answer>(`/vehicles/${id}/stats`, version)
  if (!value) return problem ? <p role="alert">{problem}</p> : null
  const { units, totals, fuels, costPerDistance } = value
  const { currency, distance } = units
  const formatCost = (value: number) => formatOwnerAmount(value, currency)
  return (
    <section aria-label="Figures" className="vehicle-figures">
      <h3>Figures</h3>
      <dl>
        {fuels.map(({ fuelType, tank, economy }) => (
          <Row
            figure={economy.average}
            format={(value) => formatEconomy(value, economy.unit)}
            key={`${fuelType} ${tank}`}
            label={fuels.length > 1 ? `Economy, ${fuelType ?? 'fuel without a type'}` : 'Economy'}
          />
        ))}
        <Row
          figure={totals.distance}
          format={(value) => `${NUMBERS.format(value)} ${distance}`}
          label={nameDistance(totals.distanceSince)}
        />
        <Row figure={give(totals.fuelCost)} format={formatCost} label="Fuel" />
        <Row figure={give(totals.maintenanceCost)} format={formatCost} label="Maintenance" />
        {totals.ownershipCost > 0 && (
          <Row figure={give(totals.ownershipCost)} format={formatCost} label="Ownership" />
        )}
        <Row
          figure={costPerDistance.running}
          format={(value) => `${formatUnitPrice(value, currency)} per ${distance}`}
          label="Fuel and maintenance"
        />
      </dl>
    </section>
  )
}

/** Costs per distance divide by all of it, so that it says where it begins. */
const nameDistance = (since: string | null): string =>
  since === null ? 'Distance' : `Distance since ${formatCalendarDay(since)}`

const give = (value: number): Figure => ({ value, reason: null })

type RowProps = {
  label: string
  figure: Figure
  format: (value: number) => string
}

function Row({ label, figure, format }: RowProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{figure.value === null ? <small>{figure.reason}</small> : format(figure.value)}</dd>
    </div>
  )
}
