import type { FuelMeasure } from '../../garage/domain/fuel-types.ts'
import {
  type DistanceUnit,
  fromMiles,
  fromWholeMiles,
  type OwnerUnits,
} from '../../garage/domain/units.ts'
import { getFuelUnit, toFuelAmount, toFuelPrice } from '../../garage/domain/economy-units.ts'
import { formatUnitPrice } from '../../domain/money.ts'

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

const FUEL_UNITS: Readonly<Record<string, string>> = {
  gal_us: 'gal',
  gal_uk: 'UK gal',
  l: 'L',
  kwh: 'kWh',
  gge: 'GGE',
}

/** The short name of a unit of fuel, as after a number: `gal_us` is `gal`, `kg` is `kg`. */
export const formatFuelUnit = (unit: string): string => FUEL_UNITS[unit] ?? unit

/** A reading in miles, in an owner's unit: `52,547.3 mi`, `84,565.9 km`. */
export const formatDistance = (miles: number, unit: DistanceUnit): string =>
  `${NUMBERS.format(fromMiles(miles, unit))} ${unit}`

/** Whole miles, in an owner's unit: `5,000 mi`, `8,000 km`. */
export const formatWholeDistance = (miles: number, unit: DistanceUnit): string =>
  `${NUMBERS.format(fromWholeMiles(miles, unit))} ${unit}`

/** A stored amount of fuel, in an owner's unit: `13.88 gal`, `52.54 L`, `41.5 kWh`. */
export const formatFuelAmount = (
  stored: number,
  measure: FuelMeasure,
  units: OwnerUnits,
): string => {
  const amount = toFuelAmount(Math.round(stored * 1000), measure, units)
  return `${NUMBERS.format(amount)} ${formatFuelUnit(getFuelUnit(measure, units))}`
}

/** A stored price per unit of fuel, in an owner's unit: `$3.499/gal`, `CA$1.563/L`. */
export const formatFuelPrice = (stored: number, measure: FuelMeasure, units: OwnerUnits): string =>
  `${formatUnitPrice(toFuelPrice(stored, measure, units), units.currency)}/` +
  formatFuelUnit(getFuelUnit(measure, units))
