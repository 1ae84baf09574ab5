import type { Consumption } from './fuel-economy.ts'
import type { FuelMeasure } from './fuel-types.ts'
import { divideExactly } from './ratio.ts'
import { fromGallons, fromPricePerGallon, type OwnerUnits } from './units.ts'

/** Millionths of a kilometer in a mile, and billionths of a liter in a gallon: exact. */
const KM_PER_MILE = 1_609_344n
const LITERS_PER_US_GALLON = 3_785_411_784n
const LITERS_PER_UK_GALLON = 4_546_090_000n

/** The decimal places of economy figures. */
const ECONOMY_PLACES = 2

/** The name of the unit in which an owner sees amounts of a fuel. */
export const getFuelUnit = (measure: FuelMeasure, { volume }: OwnerUnits): string =>
  measure === 'gallon' ? volume : measure

/**
 * The name of the unit in which an owner sees economy: their own for fuel in gallons, such as
 * `l_per_100km`, else the same with the unit of the fuel, such as `kwh_per_100km` or `mi_per_kwh`.
 */
export function getEconomyUnit(measure: FuelMeasure, units: OwnerUnits): string {
  if (measure === 'gallon') return units.economy
  if (units.economy === 'l_per_100km') return `${measure}_per_100km`
  return `${units.economy === 'km_per_l' ? 'km' : 'mi'}_per_${measure}`
}

/** Converts a consumption to economy in the owner's unit, with two decimal places. */
export function toEconomy(
  { distance, units: fuel }: Consumption,
  measure: FuelMeasure,
  { economy }: OwnerUnits,
): number {
  const [miles, amount] = [BigInt(distance), BigInt(fuel)]
  const isLiquid = measure === 'gallon'
  const litersPerUnit = isLiquid ? LITERS_PER_US_GALLON : 1_000_000_000n
  const kilometers = { amount: miles * KM_PER_MILE * 1000n, liters: amount * litersPerUnit }
  switch (economy) {
    case 'mpg':
      return divideExactly(miles, amount, ECONOMY_PLACES)
    case 'mpg_uk':
      return isLiquid
        ? divideExactly(miles * LITERS_PER_UK_GALLON, kilometers.liters, ECONOMY_PLACES)
        : divideExactly(miles, amount, ECONOMY_PLACES)
    case 'km_per_l':
      return divideExactly(kilometers.amount, kilometers.liters, ECONOMY_PLACES)
    case 'l_per_100km':
      return divideExactly(100n * kilometers.liters, kilometers.amount, ECONOMY_PLACES)
  }
}

/** Converts thousandths of a stored amount of fuel to the owner's unit. */
export const toFuelAmount = (thousandths: number, measure: FuelMeasure, units: OwnerUnits) =>
  measure === 'gallon' ? fromGallons(thousandths / 1000, units.volume) : thousandths / 1000

/** Converts a price per stored unit of fuel to a price per unit that the owner sees. */
export const toFuelPrice = (price: number, measure: FuelMeasure, units: OwnerUnits) =>
  fromPricePerGallon(price, measure === 'gallon' ? units.volume : 'kwh')

/** A distance of thousandths of a mile as a fraction of the owner's unit. */
export const toDistanceRatio = (thousandths: number, { distance }: OwnerUnits) =>
  distance === 'mi'
    ? { numerator: BigInt(thousandths), denominator: 1000n }
    : { numerator: BigInt(thousandths) * KM_PER_MILE, denominator: 1_000_000_000n }
