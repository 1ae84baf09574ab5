import type { FeedCar } from '../../domain/feed-car.ts'

const LENGTH = 8

/**
 * The name of a car's file: the last eight characters of its VIN, or all of them if another car of
 * the lot has the same eight. Letters and digits alone.
 */
export function buildShortName({
  vin,
  sharesVinEnd,
}: Pick<FeedCar, 'vin' | 'sharesVinEnd'>): string {
  const safe = vin.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return sharesVinEnd ? safe : safe.slice(-LENGTH)
}
