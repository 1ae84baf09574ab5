import { describe, expect, it } from '@jest/globals'
import { computeDrivenDistances } from '../../src/garage/domain/distance-driven.ts'

const compute = (...readings: [string, number][]) =>
  computeDrivenDistances(readings.map(([day, reading]) => ({ day, reading }))).map(
    ({ day, distance }) => [day, distance],
  )

describe('the distance driven', () => {
  it('is the rise from one reading to the next, on the day of the later one', () => {
    expect(compute(['2026-02-01', 1300], ['2026-01-01', 1000], ['2026-03-01', 1350])).toEqual([
      ['2026-02-01', 300],
      ['2026-03-01', 50],
    ])
  })

  it('counts on from the new reading of a replaced odometer', () => {
    expect(compute(['2026-01-01', 90_000], ['2026-02-01', 10], ['2026-03-01', 310])).toEqual([
      ['2026-03-01', 300],
    ])
  })

  it('orders the readings of one day by distance', () => {
    expect(compute(['2026-01-01', 1300], ['2026-01-01', 1000])).toEqual([['2026-01-01', 300]])
  })

  it.each([[[]], [[['2026-01-01', 1000]]]] as [string, number][][][])(
    'is nothing for %j',
    (readings) => {
      expect(compute(...readings)).toEqual([])
    },
  )
})
