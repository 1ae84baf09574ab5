import type { Position } from './listing.ts'

/** The mean radius of Earth in statute miles. */
const EARTH_RADIUS_MILES = 3_958.8

/** Why no distance from the lot can be computed, for people. */
export const NO_LOT_POSITION =
  'Distances need the position of the lot: set MARKET_LATITUDE and MARKET_LONGITUDE.'

/**
 * Computes the distance of two places along the surface of Earth, in miles with one decimal place;
 * null if one of the places is unknown. Uses the haversine formula, which treats Earth as a sphere
 * and is at most 0.5 percent off.
 */
export function computeDistanceMiles(from: Position | null, to: Position | null): number | null {
  if (!from || !to) return null
  const [fromLatitude, toLatitude] = [toRadians(from.latitude), toRadians(to.latitude)]
  const haversine =
    squareHalfSine(toLatitude - fromLatitude) +
    Math.cos(fromLatitude) *
      Math.cos(toLatitude) *
      squareHalfSine(toRadians(to.longitude - from.longitude))
  const miles = 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(Math.min(1, haversine)))
  return Math.round(miles * 10) / 10
}

const toRadians = (degrees: number): number => (degrees * Math.PI) / 180

const squareHalfSine = (angle: number): number => Math.sin(angle / 2) ** 2
