const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 })
const TENTHS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

const UNITS: Readonly<Record<string, string>> = {
  mpg: 'mpg',
  mpg_uk: 'mpg (UK)',
  km_per_l: 'km/L',
  l_per_100km: 'L/100 km',
  mi_per_kwh: 'mi/kWh',
  km_per_kwh: 'km/kWh',
  kwh_per_100km: 'kWh/100 km',
}

/** A unit of economy as people write it: `l_per_100km` is L/100 km, `mi_per_kg` is mi/kg. */
export const formatEconomyUnit = (unit: string): string =>
  UNITS[unit] ?? unit.replace('_per_100km', '/100 km').replace('_per_', '/')

/** A figure of economy with its unit: `30.25 mpg`. */
export const formatEconomy = (value: number, unit: string): string =>
  `${NUMBERS.format(value)} ${formatEconomyUnit(unit)}`

/** The same with one decimal place: `30.3 mpg`. */
export const formatShortEconomy = (value: number, unit: string): string =>
  `${TENTHS.format(value)} ${formatEconomyUnit(unit)}`
