import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  buildBoundingBox,
  computeDistanceMeters,
  EARTH_RADIUS_METERS,
  fromMeters,
  type Position,
  toMeters,
} from '../../src/stations/domain/area.ts'

const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

/** The place at a distance in a direction from another one, on a sphere. */
function travel({ latitude, longitude }: Position, meters: number, bearing: number): Position {
  const [angle, phi] = [meters / EARTH_RADIUS_METERS, (latitude * Math.PI) / 180]
  const sine = Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(bearing)
  const to = Math.asin(Math.max(-1, Math.min(1, sine)))
  const turn = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(phi),
    Math.cos(angle) - Math.sin(phi) * Math.sin(to),
  )
  const east = longitude + (turn * 180) / Math.PI
  return { latitude: (to * 180) / Math.PI, longitude: ((east + 540) % 360) - 180 }
}

describe('the box around a circle', () => {
  it('contains every place of the circle, everywhere on Earth', () => {
    fc.assert(
      fc.property(
        position,
        fc.double({ min: 1, max: 161_000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        (center, radius, share, bearing) => {
          const { south, north, spans } = buildBoundingBox(center, radius)
          const { latitude, longitude } = travel(center, radius * share, bearing)
          const slack = 1e-6
          expect(latitude).toBeGreaterThanOrEqual(south - slack)
          expect(latitude).toBeLessThanOrEqual(north + slack)
          const isInside = ([west, east]: readonly [number, number]) =>
            longitude >= west - slack && longitude <= east + slack
          expect(spans.some(isInside)).toBe(true)
        },
      ),
    )
  })

  it('is one span, two across the antimeridian, and every longitude at a pole', () => {
    expect(buildBoundingBox({ latitude: 39, longitude: -94 }, 10_000).spans).toHaveLength(1)
    expect(buildBoundingBox({ latitude: 0, longitude: 179.95 }, 10_000).spans).toEqual([
      [expect.closeTo(179.86, 2), 180],
      [-180, expect.closeTo(-179.96, 2)],
    ])
    expect(buildBoundingBox({ latitude: 0, longitude: -180 }, 10_000).spans).toHaveLength(2)
    expect(buildBoundingBox({ latitude: -89.99, longitude: 5 }, 10_000)).toEqual({
      south: -90,
      north: expect.closeTo(-89.9, 2),
      spans: [[-180, 180]],
    })
  })
})

describe('a distance', () => {
  it('is the one along a great circle', () => {
    const [losAngeles, newYork] = [
      { latitude: 34.0522, longitude: -118.2437 },
      { latitude: 40.7128, longitude: -74.006 },
    ]
    expect(computeDistanceMeters(losAngeles, newYork) / 1_000).toBeCloseTo(3_935.7, 0)
    expect(computeDistanceMeters(newYork, newYork)).toBe(0)
  })

  it('has a unit', () => {
    expect(toMeters(2, 'mi')).toBeCloseTo(3_218.688)
    expect(toMeters(2, 'km')).toBe(2_000)
    expect(fromMeters(1_609.344, 'mi')).toBe(1)
    expect(fromMeters(1_234.5, 'km')).toBe(1.23)
  })
})
