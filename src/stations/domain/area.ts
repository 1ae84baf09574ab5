/** A place on Earth, in degrees north and east. */
export type Position = { latitude: number; longitude: number }

/** The units of distances to stations. */
export const DISTANCE_UNITS = ['mi', 'km'] as const
export type DistanceUnit = (typeof DISTANCE_UNITS)[number]

/**
 * The latitudes and longitudes that contain a circle. There are two spans of longitudes if it
 * crosses the antimeridian; both ends of a span belong to it.
 */
export type BoundingBox = {
  south: number
  north: number
  spans: readonly (readonly [west: number, east: number])[]
}

/** The mean radius of Earth in meters (IUGG). */
export const EARTH_RADIUS_METERS = 6_371_008.8

const METERS: Readonly<Record<DistanceUnit, number>> = { mi: 1_609.344, km: 1_000 }

/** How much larger a box is than its circle, so that rounding excludes nothing. */
const BOX_MARGIN = 1.000_001

/** Every longitude. */
const ALL_LONGITUDES = [[-180, 180]] as const

export const toMeters = (distance: number, unit: DistanceUnit): number => distance * METERS[unit]

/** Converts meters to a unit, rounded to two decimal places. */
export const fromMeters = (meters: number, unit: DistanceUnit): number =>
  Math.round((meters / METERS[unit]) * 100) / 100

/**
 * Builds the box around a circle on a sphere. A circle that contains a pole has every longitude.
 * The widest part of a circle is nearer to the pole than its center, so its longitudes are not
 * those of its east and west points.
 */
export function buildBoundingBox(
  { latitude, longitude }: Position,
  radiusMeters: number,
): BoundingBox {
  const angle = (radiusMeters * BOX_MARGIN) / EARTH_RADIUS_METERS
  const [south, north] = [latitude - toDegrees(angle), latitude + toDegrees(angle)]
  if (south <= -90 || north >= 90)
    return { south: Math.max(-90, south), north: Math.min(90, north), spans: ALL_LONGITUDES }
  const half = toDegrees(Math.asin(Math.sin(angle) / Math.cos(toRadians(latitude))))
  return { south, north, spans: buildSpans(longitude - half, longitude + half) }
}

/** The spans from west to east; beyond the antimeridian, they continue on its other side. */
function buildSpans(west: number, east: number): BoundingBox['spans'] {
  if (west <= -180)
    return [
      [west + 360, 180],
      [-180, east],
    ]
  if (east >= 180)
    return [
      [west, 180],
      [-180, east - 360],
    ]
  return [[west, east]]
}

/** Computes the distance of two places along a great circle, in meters (haversine formula). */
export function computeDistanceMeters(from: Position, to: Position): number {
  const [fromLatitude, toLatitude] = [toRadians(from.latitude), toRadians(to.latitude)]
  const haversine =
    squareHalfSine(toLatitude - fromLatitude) +
    Math.cos(fromLatitude) *
      Math.cos(toLatitude) *
      squareHalfSine(toRadians(to.longitude - from.longitude))
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(Math.min(1, haversine)))
}

const toRadians = (degrees: number): number => (degrees * Math.PI) / 180

const toDegrees = (radians: number): number => (radians * 180) / Math.PI

const squareHalfSine = (angle: number): number => Math.sin(angle / 2) ** 2
