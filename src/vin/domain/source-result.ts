import type { VehicleKind } from '../../domain/vin-year.ts'
import type { VehicleFacts } from './facts.ts'
import type { RawFacts } from './raw-facts.ts'

/**
 * A source without facts about a VIN, and why, in our own words; `cause` is for the log only.
 */
export type NoResult = {
  status: 'no_data' | 'unavailable' | 'off'
  message: string
  cause?: unknown
}

/** What vPIC knows about a VIN; `isConfirmed` if it has no doubt about it. */
export type VpicResult =
  | NoResult
  | {
      status: 'decoded'
      facts: VehicleFacts
      isConfirmed: boolean
      message: string | null
    }

/** What a VIN stands for if the vehicle is of this model year. */
export type YearMatch = {
  year: number
  facts: VehicleFacts
  kind: VehicleKind | null
}

/** What the copy for offline use knows: one match for each possible model year. */
export type OfflineResult = NoResult | { status: 'decoded'; matches: readonly YearMatch[] }

/** What fueleconomy.gov knows about vehicles of this year, make and model. */
export type EconomyResult =
  | NoResult
  | {
      status: 'decoded'
      facts: Pick<VehicleFacts, 'doors' | 'mpgCity' | 'mpgHighway'>
      message: string | null
    }

/**
 * Whether position 7 of the VIN distinguishes the model years: yes for passenger cars, and vans and
 * trucks up to 10,000 lb (classes 1 and 2); null if the weight of a truck is unknown.
 */
export function findVehicleKind({
  vehicleType,
  grossWeight,
}: Pick<RawFacts, 'vehicleType' | 'grossWeight'>): VehicleKind | null {
  const weightClass = /^class (\d)/i.exec(grossWeight ?? '')?.[1]
  const isHeavy = weightClass !== undefined && Number(weightClass) > 2
  if (/^passenger car/i.test(vehicleType ?? '')) return 'light'
  if (/^multipurpose/i.test(vehicleType ?? '')) return isHeavy ? 'other' : 'light'
  if (!/^truck/i.test(vehicleType ?? '')) return vehicleType === null ? null : 'other'
  if (weightClass === undefined) return null
  return isHeavy ? 'other' : 'light'
}
