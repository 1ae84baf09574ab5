import { describe, expect, it } from '@jest/globals'
import { computeDrivenDistances } from '../../src/garage/domain/distance-driven.ts'

/** Readings by day (`2026-01-01`) or by instant (`2026-01-01T08:00Z`). */
const compute = (...readings: [string, number][]) =>
  computeDrivenDistances(
    readings.map(([time, reading]) => ({
      day: time.slice(0, 10),
      at: time.length > 10 ? Date.parse(time) : null,
      reading,
      source: 'log',
    })),
  ).map(({ day, distance }) => [day, distance])

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

  it.each<[string, [string, number][], number]>([
    [
      'two fills',
      [
        ['2026-01-05T08:00Z', 100_000],
        ['2026-01-05T18:00Z', 10],
      ],
      290,
    ],
    [
      'two services',
      [
        ['2026-01-05', 10],
        ['2026-01-05', 100_000],
      ],
      290,
    ],
    [
      'a fill and the service after it',
      [
        ['2026-01-05T08:00Z', 100_000],
        ['2026-01-05', 15],
      ],
      285,
    ],
    [
      'the service and a fill after it',
      [
        ['2026-01-05', 100_000],
        ['2026-01-05T18:00Z', 10],
      ],
      290,
    ],
    [
      'a service among fills',
      [
        ['2026-01-05T08:00Z', 100_000],
        ['2026-01-05', 15],
        ['2026-01-05T18:00Z', 20],
      ],
      285,
    ],
  ])('counts on from a replaced odometer that %s of one day show', (_name, day, distance) => {
    const driven = compute(['2026-01-01T08:00Z', 99_900], ...day, ['2026-01-08T08:00Z', 200])
    expect(driven.reduce((sum, [, miles]) => sum + Number(miles), 0)).toBe(distance)
  })

  it('places a service where it fits between the fills of its day', () => {
    const fills: [string, number][] = [
      ['2026-01-05T08:00Z', 1_000],
      ['2026-01-05T18:00Z', 1_200],
      ['2026-01-06T08:00Z', 1_300],
    ]
    expect(compute(...fills, ['2026-01-05', 1_100])).toEqual([
      ['2026-01-05', 100],
      ['2026-01-05', 100],
      ['2026-01-06', 100],
    ])
    expect(compute(...fills, ['2026-01-06', 1_250])).toHaveLength(3)
  })

  it.each([[[]], [[['2026-01-01', 1000]]]] as [string, number][][][])(
    'is nothing for %j',
    (readings) => {
      expect(compute(...readings)).toEqual([])
    },
  )
})
