import { parseNumber } from '../../domain/input-values.ts'
import {
  DISTANCE_UNITS,
  type DistanceUnit,
  VOLUME_UNITS,
  type VolumeUnit,
  fromGallons,
  fromPricePerGallon,
  toGallons,
  toMiles,
  toPricePerGallon,
  toWholeMiles,
} from './units.ts'

/** What a field measures, and so how it is converted. */
export type Measure = 'distance' | 'whole distance' | 'volume' | 'price per volume'

/** The fields of a row that can be entered in other units than they are stored in. */
export type MeasuredFields = Readonly<Record<string, Measure>>

type Row = Readonly<Record<string, unknown>>

/** The unit in which the distances of a write were entered: its `distanceUnit`, else miles. */
export const readDistanceUnit = ({ distanceUnit }: Row): DistanceUnit =>
  DISTANCE_UNITS.find((unit) => unit === distanceUnit) ?? 'mi'

/** The unit in which the fuel of a write was entered: its `volumeUnit`, else US gallons. */
export const readVolumeUnit = ({ volumeUnit }: Row): VolumeUnit =>
  VOLUME_UNITS.find((unit) => unit === volumeUnit) ?? 'gal_us'

/**
 * Converts the measured fields that a write contains to the units of their columns. Values that are
 * not numbers stay as they are, for the checks of the fields.
 */
export function convertEntered<Entered extends Row>(row: Entered, fields: MeasuredFields): Entered {
  const distance = readDistanceUnit(row)
  const volume = readVolumeUnit(row)
  if (distance === 'mi' && (volume === 'gal_us' || volume === 'kwh')) return row
  const converted = Object.entries(fields).flatMap(([name, measure]) => {
    const read = Object.hasOwn(row, name) ? parseNumber(row[name]) : null
    return read && 'value' in read && Number.isFinite(read.value)
      ? [[name, CONVERSIONS[measure](read.value, { distance, volume })] as const]
      : []
  })
  return { ...row, ...Object.fromEntries(converted) }
}

/** An amount of fuel and its price per unit. */
export type FuelAmount = { units: number; price: number }

/**
 * What was entered in a unit for an amount and a price that are stored per gallon, because a total
 * is computed from these exactly. The stored ones if they were not entered in this unit.
 */
export function restoreEntered({ units, price }: FuelAmount, unit: VolumeUnit): FuelAmount {
  const entered = { units: fromGallons(units, unit), price: fromPricePerGallon(price, unit) }
  const isEntered =
    toGallons(entered.units, unit) === units && toPricePerGallon(entered.price, unit) === price
  return isEntered ? entered : { units, price }
}

type Units = { distance: DistanceUnit; volume: VolumeUnit }

const CONVERSIONS: Readonly<Record<Measure, (value: number, units: Units) => number>> = {
  distance: (value, { distance }) => (distance === 'mi' ? value : toMiles(value, distance)),
  'whole distance': (value, { distance }) =>
    distance === 'mi' ? value : toWholeMiles(value, distance),
  volume: (value, { volume }) => (volume === 'gal_us' ? value : toGallons(value, volume)),
  'price per volume': (value, { volume }) =>
    volume === 'gal_us' ? value : toPricePerGallon(value, volume),
}
