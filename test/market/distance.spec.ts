import { describe, expect, it } from '@jest/globals'
import { computeDistanceMiles } from '../../plugins/market/domain/distance.ts'

const KANSAS_CITY = { latitude: 39.0997, longitude: -94.5786 }
const LOS_ANGELES = { latitude: 34.0522, longitude: -118.2437 }

describe('the distance of two places', () => {
  it('is that along the surface of Earth, in either direction', () => {
    expect(computeDistanceMiles(KANSAS_CITY, LOS_ANGELES)).toBeCloseTo(1_356, -1)
    expect(computeDistanceMiles(LOS_ANGELES, KANSAS_CITY)).toBe(
      computeDistanceMiles(KANSAS_CITY, LOS_ANGELES),
    )
  })

  it.each([
    ['none from a place to itself', KANSAS_CITY, KANSAS_CITY, 0],
    ['a degree of latitude', { latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 }, 69.1],
    [
      'short across the date line',
      { latitude: 0, longitude: 179.5 },
      { latitude: 0, longitude: -179.5 },
      69.1,
    ],
    [
      'half of Earth to the other side of it',
      { latitude: 90, longitude: 0 },
      { latitude: -90, longitude: 0 },
      12_436.9,
    ],
  ])('is %s', (_what, from, to, miles) => {
    expect(computeDistanceMiles(from, to)).toBeCloseTo(miles, 0)
  })

  it('is not known where one of the places is not', () => {
    expect([
      computeDistanceMiles(null, KANSAS_CITY),
      computeDistanceMiles(KANSAS_CITY, null),
    ]).toEqual([null, null])
  })
})
