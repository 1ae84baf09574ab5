import { countPlaces } from '../../domain/exact-number.ts'
import { DEFAULT_PREFERENCES } from '../../domain/locale-preferences.ts'

/** Units of distance. Columns are in miles. */
export const DISTANCE_UNITS = ['mi', 'km'] as const
/** Units of liquid fuel. Columns are in US gallons. */
export const LIQUID_UNITS = ['gal_us', 'gal_uk', 'l'] as const
/** Units of fuel: electricity is in kilowatt-hours, in columns too. */
export const VOLUME_UNITS = [...LIQUID_UNITS, 'kwh'] as const
/** Units of fuel economy, by miles and US gallons, miles and UK gallons, or kilometers. */
export const ECONOMY_UNITS = ['mpg', 'mpg_uk', 'l_per_100km', 'km_per_l'] as const

export type DistanceUnit = (typeof DISTANCE_UNITS)[number]
export type LiquidUnit = (typeof LIQUID_UNITS)[number]
export type VolumeUnit = (typeof VOLUME_UNITS)[number]
export type EconomyUnit = (typeof ECONOMY_UNITS)[number]

/** The units, currency and time zone in which an owner sees figures. */
export type OwnerUnits = {
  system: 'imperial' | 'metric'
  distance: DistanceUnit
  volume: LiquidUnit
  economy: EconomyUnit
  currency: string
  timeZone: string
}

/** An owner's choices as stored; null or missing ones follow from the others. */
export type StoredUnits = {
  unitSystem?: string | null
  distanceUnit?: string | null
  volumeUnit?: string | null
  economyUnit?: string | null
  currencyCode?: string | null
  timeZone?: string | null
}

/** How a unit is named after a number: 100 `km`, 10.5 `UK gallons`. */
export const UNIT_NAMES: Readonly<Record<DistanceUnit | VolumeUnit, string>> = {
  mi: 'miles',
  km: 'km',
  gal_us: 'gallons',
  gal_uk: 'UK gallons',
  l: 'liters',
  kwh: 'kWh',
}

/** A fraction, because no decimal is exactly a mile per kilometer. */
type Ratio = { numerator: bigint; denominator: bigint }

/**
 * How many of the stored unit are in one unit, by definition: a mile is 1.609344 km (International
 * Yard and Pound Agreement, 1959), a US gallon 231 cubic inches, and a UK gallon 4.54609 l (Units
 * of Measurement Regulations 1995).
 */
const MILES_PER: Readonly<Record<DistanceUnit, Ratio>> = {
  mi: { numerator: 1n, denominator: 1n },
  km: { numerator: 1_000_000n, denominator: 1_609_344n },
}
const GALLONS_PER: Readonly<Record<VolumeUnit, Ratio>> = {
  gal_us: { numerator: 1n, denominator: 1n },
  gal_uk: { numerator: 4_546_090_000n, denominator: 3_785_411_784n },
  l: { numerator: 1_000_000_000n, denominator: 3_785_411_784n },
  kwh: { numerator: 1n, denominator: 1n },
}

/** The decimal places of the columns for readings, fuel and prices per unit. */
const STORED_PLACES = 3
/** The decimal places that survive being stored in miles, gallons and prices per gallon. */
const DISTANCE_PLACES: Readonly<Record<DistanceUnit, number>> = { mi: STORED_PLACES, km: 1 }
const VOLUME_PLACES: Readonly<Record<VolumeUnit, number>> = {
  gal_us: STORED_PLACES,
  gal_uk: STORED_PLACES,
  l: 2,
  kwh: STORED_PLACES,
}
const PRICE_PLACES: Readonly<Record<VolumeUnit, number>> = {
  gal_us: STORED_PLACES,
  gal_uk: 2,
  l: STORED_PLACES,
  kwh: STORED_PLACES,
}

/** Converts a distance to miles, to thousandths: 100 km is 62.137. */
export const toMiles = (value: number, unit: DistanceUnit): number =>
  convert(value, MILES_PER[unit], STORED_PLACES)

/** Converts miles to a distance; kilometers have one decimal place: 62.137 is 100 km. */
export const fromMiles = (miles: number, unit: DistanceUnit): number =>
  convert(miles, invert(MILES_PER[unit]), DISTANCE_PLACES[unit])

/**
 * Converts whole miles to kilometers that were stored as these miles; of the two that may have
 * been, the rounder one, because owners enter intervals such as 15,000 km. Whole miles stay as they
 * are.
 */
export function fromWholeMiles(miles: number, unit: DistanceUnit): number {
  if (unit === 'mi') return miles
  const nearest = convert(miles, invert(MILES_PER[unit]), 0)
  const candidates = [nearest, nearest - 1, nearest + 1].filter(
    (value) => value >= 0 && toWholeMiles(value, unit) === miles,
  )
  return candidates.reduce((best, next) => (countZeros(next) > countZeros(best) ? next : best))
}

/** Converts a distance to whole miles, as in columns of whole numbers: 15,000 km is 9,321. */
export const toWholeMiles = (value: number, unit: DistanceUnit): number =>
  convert(value, MILES_PER[unit], 0)

/** Converts an amount of fuel to US gallons, to thousandths: 40 l is 10.567. kWh stay kWh. */
export const toGallons = (value: number, unit: VolumeUnit): number =>
  convert(value, GALLONS_PER[unit], STORED_PLACES)

/** Converts US gallons to an amount of fuel; liters have two decimal places: 10.567 is 40 l. */
export const fromGallons = (gallons: number, unit: VolumeUnit): number =>
  convert(gallons, invert(GALLONS_PER[unit]), VOLUME_PLACES[unit])

/** Converts a price per unit of fuel to a price per US gallon: 1.799 per l is 6.81. */
export const toPricePerGallon = (price: number, unit: VolumeUnit): number =>
  convert(price, invert(GALLONS_PER[unit]), STORED_PLACES)

/** Converts a price per US gallon to a price per unit of fuel: 6.81 is 1.799 per l. */
export const fromPricePerGallon = (price: number, unit: VolumeUnit): number =>
  convert(price, GALLONS_PER[unit], PRICE_PLACES[unit])

/**
 * The units of an owner: what they chose, else what their unit system and other choices imply.
 * Miles with liters are the British way: economy is in miles per UK gallon.
 */
export function resolveOwnerUnits(stored: StoredUnits): OwnerUnits {
  const system = stored.unitSystem === 'metric' ? 'metric' : 'imperial'
  const distance = find(DISTANCE_UNITS, stored.distanceUnit) ?? (system === 'metric' ? 'km' : 'mi')
  const volume = find(LIQUID_UNITS, stored.volumeUnit) ?? (system === 'metric' ? 'l' : 'gal_us')
  return {
    system,
    distance,
    volume,
    economy: find(ECONOMY_UNITS, stored.economyUnit) ?? chooseEconomyUnit(distance, volume),
    currency: stored.currencyCode ?? DEFAULT_PREFERENCES.currencyCode,
    timeZone: stored.timeZone ?? DEFAULT_PREFERENCES.timeZone,
  }
}

function chooseEconomyUnit(distance: DistanceUnit, volume: LiquidUnit): EconomyUnit {
  if (distance === 'km') return volume === 'l' ? 'l_per_100km' : 'km_per_l'
  return volume === 'gal_us' ? 'mpg' : 'mpg_uk'
}

const find = <Unit extends string>(units: readonly Unit[], value: unknown): Unit | undefined =>
  units.find((unit) => unit === value)

const invert = ({ numerator, denominator }: Ratio): Ratio => ({
  numerator: denominator,
  denominator: numerator,
})

/**
 * Multiplies a decimal by a ratio without floating-point error and rounds to `places`, half away
 * from zero. Throws a RangeError for anything but a finite number.
 */
function convert(value: number, { numerator, denominator }: Ratio, places: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number to convert.`)
  const entered = Math.min(countPlaces(value), 100)
  const digits = BigInt(Math.abs(value).toFixed(entered).replace('.', ''))
  const dividend = digits * numerator * 10n ** BigInt(places)
  const divisor = denominator * 10n ** BigInt(entered)
  const rounded = (2n * dividend + divisor) / (2n * divisor)
  return (Math.sign(value) * Number(rounded)) / 10 ** places
}

const countZeros = (value: number): number => /0*$/.exec(String(value))?.[0].length ?? 0
