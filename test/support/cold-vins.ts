import { withCheckDigit } from '../../src/domain/vin.ts'
import { REAL_VINS } from './real-vins.ts'

/** The year codes of models that are for sale for several years. */
const YEAR_CODES = ['F', 'G', 'H', 'J', 'K', 'L', 'M']

/**
 * Valid VINs of the models in REAL_VINS, of several years, with serial numbers from a seed: the
 * first ones are each of another model or year, and so new to the vehicle database.
 */
export function listColdVins(count: number, seed = 0): string[] {
  const cars = REAL_VINS.filter(({ year }) => year >= 2010)
  return Array.from({ length: count }, (_, index) => {
    const { vin = '' } = cars[index % cars.length] ?? {}
    const code = YEAR_CODES[Math.floor(index / cars.length) % YEAR_CODES.length] ?? 'F'
    const serial = String((seed + index) % 1_000_000).padStart(6, '0')
    return withCheckDigit(`${vin.slice(0, 9)}${code}${vin.charAt(10)}${serial}`)
  })
}
