import { shortenHeader } from './header-name.ts'
import type { DistanceUnit, LiquidUnit } from '../../domain/units.ts'

/** The units that the headers of a file name; undefined for those that they do not. */
export type UnitHints = { distance?: DistanceUnit; volume?: LiquidUnit | 'gallon' }

const DISTANCES: readonly [RegExp, DistanceUnit][] = [
  [/\bkms?\b|kilomet|\bl\/100|kilometerstand/i, 'km'],
  [/\bmi\b|\bmiles?\b/i, 'mi'],
]
const VOLUMES: readonly [RegExp, LiquidUnit | 'gallon'][] = [
  [/\b(uk|imp(erial)?)[ _.-]*gal|gal[a-z]*[ _.(-]*(uk|imp)/i, 'gal_uk'],
  [/\bus[ _.-]*gal|gal[a-z]*[ _.(-]*us\b/i, 'gal_us'],
  [/\blit(er|re)s?\b|\(l\)|\bl\/100/i, 'l'],
  [/\bgal(lons?)?\b/i, 'gallon'],
]

/**
 * Finds the units that headers name, such as `Odo (mi)` or `Fuel (litres)`. `gallon` does not say
 * whose. A unit that contradicts another one in the same file counts as not named.
 */
export function detectUnits(headers: readonly string[]): UnitHints {
  const distance = findOnly(headers, DISTANCES)
  const volume = findOnly(headers, VOLUMES)
  return {
    ...(distance !== undefined && { distance }),
    ...(volume !== undefined && { volume }),
  }
}

function findOnly<Unit>(
  headers: readonly string[],
  patterns: readonly [RegExp, Unit][],
): Unit | undefined {
  const found = headers.flatMap((header) => {
    const name = shortenHeader(header)
    const match = patterns.find(([pattern]) => pattern.test(name))
    return match ? [match[1]] : []
  })
  const [first] = found
  return found.every((unit) => unit === first) ? first : undefined
}
