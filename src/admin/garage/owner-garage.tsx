'use client'
import { Link, useConfig, useDocumentInfo } from '@payloadcms/ui'
import type { z } from 'zod'
import type { OWNER_SUMMARY } from '../../garage/endpoints/summary-schemas.ts'
import { Photo } from '../lot/photo.tsx'
import { capitalizeText } from '../ui/format.ts'
import { formatOwnerAmount, formatInteger } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import '../ui/cells.css'
import '../ui/jobs.css'
import './owner-garage.css'
import { AddVehicle } from './add-vehicle.tsx'
import { OwnerAttention } from './owner-attention.tsx'
import { OwnerMails } from './owner-mails.tsx'
import { useVehicleVersion } from './use-vehicle-version.ts'

type Summary = z.output<typeof OWNER_SUMMARY>
type Vehicle = Summary['vehicleList'][number]

/**
 * What a saved owner has and what needs attention: their vehicles, what is due and expires, what
 * they spent and store, and the latest e-mails to them. In their units, currency and zone.
 */
export function OwnerGarage() {
  const { id, data } = useDocumentInfo()
  const version = useVehicleVersion()
  const subject: unknown = data?.['auth0Sub']
  const owner = typeof subject === 'string' ? subject : null
  return id === undefined ? null : <GarageOf id={String(id)} owner={owner} version={version} />
}

type GarageProps = {
  id: string
  owner: string | null
  version: string
}

function GarageOf({ id, owner, version }: GarageProps) {
  const path = `/user-profiles/${encodeURIComponent(id)}/summary`
  const { value, problem } = useApi<Summary>(path, version)
  return (
    <div aria-busy={!value && !problem} className="owner-garage">
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {value && (
        <>
          <Vehicles
            owner={owner}
            counts={value.vehicles}
            unit={value.distanceUnit}
            vehicles={value.vehicleList}
          />
          <OwnerAttention summary={value} />
          <div className="owner-garage__pair">
            <Spending spend={value.spend} currency={value.currency} />
            <Storage storage={value.storage} />
          </div>
        </>
      )}
      <OwnerMails version={version} />
    </div>
  )
}

type VehiclesProps = {
  owner: string | null
  counts: Summary['vehicles']
  vehicles: readonly Vehicle[]
  unit: string
}

function Vehicles({ owner, counts, vehicles, unit }: VehiclesProps) {
  const { inUse, archived, sold } = counts
  const total = inUse + archived + sold
  return (
    <section aria-labelledby="owner-vehicles">
      <h3 id="owner-vehicles">Vehicles</h3>
      {total === 0 && <p className="owner-garage__note">No vehicles yet.</p>}
      <ul className="owner-garage__vehicles">
        {vehicles.map((vehicle) => (
          <VehicleCard key={vehicle.id} unit={unit} vehicle={vehicle} />
        ))}
      </ul>
      {total > vehicles.length && (
        <p className="owner-garage__note">{`And ${total - vehicles.length} more.`}</p>
      )}
      {owner !== null && <AddVehicle owner={owner} />}
    </section>
  )
}

const STATES: Readonly<Record<Vehicle['state'], string | null>> = {
  in_use: null,
  archived: 'Not in use',
  sold: 'Sold',
}

function VehicleCard({ vehicle, unit }: { vehicle: Vehicle; unit: string }) {
  const { config } = useConfig()
  const { id, title, licensePlate, odometer, image, state } = vehicle
  const reading = odometer === null ? 'No reading' : `${formatInteger(odometer)} ${unit}`
  return (
    <li>
      <Link
        className="owner-garage__vehicle"
        href={`${config.routes.admin}/collections/vehicles/${id}`}
        prefetch={false}
      >
        <Photo src={image} />
        <strong>{title}</strong>
        <span>{[licensePlate, reading, STATES[state]].filter(Boolean).join(' · ')}</span>
      </Link>
    </li>
  )
}

const PERIODS = { last30Days: 'Last 30 days', year: 'This year' } as const
const KINDS = {
  fuel: 'Fuel',
  maintenance: 'Maintenance',
  ownership: 'Ownership',
  total: 'Total',
} as const

function Spending({ spend, currency }: Pick<Summary, 'spend' | 'currency'>) {
  const kinds = Object.entries(KINDS) as [keyof typeof KINDS, string][]
  return (
    <section aria-labelledby="owner-spending">
      <h3 id="owner-spending">{`Spending, ${currency}`}</h3>
      <table>
        <thead>
          <tr>
            <th />
            <th>{PERIODS.last30Days}</th>
            <th>{PERIODS.year}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(([kind, label]) => (
            <tr className={`owner-garage__${kind}`} key={kind}>
              <th scope="row">{label}</th>
              <td>{formatOwnerAmount(spend.last30Days[kind], currency)}</td>
              <td>{formatOwnerAmount(spend.year[kind], currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const MEGABYTES = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const formatMegabytes = (bytes: number) =>
  bytes > 0 && bytes < 50_000 ? 'less than 0.1' : MEGABYTES.format(bytes / 1_000_000)

function Storage({ storage: { bytes, limitBytes } }: Pick<Summary, 'storage'>) {
  const used = capitalizeText(formatMegabytes(bytes))
  const label =
    limitBytes === null ? `${used} MB, no limit` : `${used} of ${formatMegabytes(limitBytes)} MB`
  return (
    <section aria-labelledby="owner-storage">
      <h3 id="owner-storage">Storage</h3>
      <p>{label}</p>
      {limitBytes !== null && limitBytes > 0 && (
        <meter
          aria-label="Storage used"
          max={limitBytes}
          high={0.9 * limitBytes}
          value={Math.min(bytes, limitBytes)}
        />
      )}
      <p className="owner-garage__note">Entries and files count.</p>
    </section>
  )
}
