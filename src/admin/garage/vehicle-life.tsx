'use client'
import { useDocumentInfo, useFormFields } from '@payloadcms/ui'
import type { z } from 'zod'
import type { VEHICLE_STATS } from '../../garage/endpoints/stats-schemas.ts'
import { findVehicleStatus, type VehicleStatus } from '../../garage/domain/vehicle-status.ts'
import { formatOwnerAmount, formatCalendarDay } from '../ui/format-figures.ts'
import { useApi } from '../ui/use-api.ts'
import { VehicleStatusPill } from './vehicle-status-pill.tsx'
import './vehicle-status.css'

const HINTS: Readonly<Record<VehicleStatus, string>> = {
  active: 'To sell it, enter the date below. To archive it, turn off In use on the first tab.',
  archived: 'Nothing is due for it. Turn on In use on the first tab to drive it again.',
  sold: 'Nothing is due for it. Remove the date if the sale is off.',
}

/** The status of a vehicle as the form has it: in use, archived, or sold, when and for how much. */
export function VehicleLife() {
  const { id, lastUpdateTime } = useDocumentInfo()
  const isActive = useFormFields(([fields]) => fields['isActive']?.value !== false)
  const sold = useFormFields(([fields]) => fields['soldDate']?.value)
  const price = useFormFields(([fields]) => fields['salePrice']?.value)
  const soldDate = typeof sold === 'string' && sold !== '' ? sold.slice(0, 10) : null
  const today = new Date().toISOString().slice(0, 10)
  const status = findVehicleStatus({ isActive, soldDate }, today)
  return (
    <div className="vehicle-life">
      <VehicleStatusPill status={status} />
      <p>
        {soldDate === null
          ? DESCRIPTIONS[isActive ? 'active' : 'archived']
          : `${status === 'sold' ? 'Sold' : 'Will be sold'} on ${formatCalendarDay(soldDate)}`}
        {soldDate !== null && typeof price === 'number' && id !== undefined && (
          <SalePrice id={String(id)} price={price} version={lastUpdateTime} />
        )}
        <small>{HINTS[status]}</small>
      </p>
    </div>
  )
}

const DESCRIPTIONS = { active: 'In use.', archived: 'No longer driven, and not sold.' } as const

type Stats = z.output<typeof VEHICLE_STATS>

/** The price of the sale in the currency of the owner. */
function SalePrice({ id, price, version }: { id: string; price: number; version: number }) {
  const { value } = useApi<Stats>(`/vehicles/${id}/stats`, version)
  return value && ` for ${formatOwnerAmount(price, value.units.currency)}`
}
