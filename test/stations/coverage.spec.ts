import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { computeDistanceMeters } from '../../src/stations/domain/area.ts'
import {
  describeCompleteness,
  findSearchArea,
  isCovered,
  isFresh,
  needsSearch,
  type StoredArea,
} from '../../src/stations/domain/coverage.ts'

const NOW = new Date('2026-11-30T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

const THIN: StoredArea = { found: 3, limit: 20, hasStale: false, lastSearch: null }
const FULL: StoredArea = { ...THIN, found: 20 }
const searched = (days: number, found = 3) => ({ at: daysAgo(days), found })

describe('the area of a search', () => {
  it('contains the circle, and is the same for callers nearby', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: 100, max: 46_000, noNaN: true }),
        (latitude, longitude, radius) => {
          const area = findSearchArea({ latitude, longitude }, radius)
          const meters = computeDistanceMeters({ latitude, longitude }, area.center)
          expect(meters + radius).toBeLessThanOrEqual(area.radiusMeters)
          expect(area.key.length).toBeLessThanOrEqual(40)
        },
      ),
    )
    const [one, other] = [39.101, 39.149].map((latitude) =>
      findSearchArea({ latitude, longitude: -94.42 }, 1_000),
    )
    expect(one).toEqual(other)
  })

  it('has at most 50 km, as much as Google accepts', () => {
    const area = findSearchArea({ latitude: 39, longitude: -94 }, 100_000)
    expect(area.radiusMeters).toBe(50_000)
    expect(isCovered(area, 100_000)).toBe(false)
    expect(isCovered(area, 40_000)).toBe(true)
  })
})

describe('a search', () => {
  it.each<[string, Partial<StoredArea>, boolean]>([
    ['an area with few stations', {}, true],
    ['an area with as many as wanted', { found: 20 }, false],
    ['an area with more than Google returns', { found: 25, limit: 100 }, false],
    ['an area with stale stations', { found: 20, hasStale: true }, true],
    ['an area with few stations that was searched', { lastSearch: searched(29) }, false],
    ['an area that was searched long ago', { lastSearch: searched(31) }, true],
  ])('of %s', (_name, about, expected) => {
    expect(needsSearch({ ...THIN, ...about }, NOW)).toBe(expected)
  })

  it('is fresh for 30 days', () => {
    expect([isFresh(daysAgo(29.9), NOW), isFresh(daysAgo(30), NOW), isFresh(null, NOW)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('an answer', () => {
  const describeArea = (
    area: StoredArea,
    search: Partial<Parameters<typeof describeCompleteness>[1]> = {},
  ) =>
    describeCompleteness(
      area,
      { status: 'notNeeded', problem: null, covered: true, ...search },
      NOW,
    ).note

  it('is complete with as many stations as wanted, and after a search that found all', () => {
    expect(describeArea(FULL)).toBeNull()
    expect(describeArea({ ...THIN, lastSearch: searched(3) })).toBeNull()
  })

  it.each<[string, StoredArea, Parameters<typeof describeArea>[1], string]>([
    ['without Google', THIN, { status: 'notConfigured' }, 'not configured'],
    ['after a failed search', THIN, { status: 'limited', problem: 'Later.' }, 'Later.'],
    ['after a full page', { ...THIN, lastSearch: searched(1, 20) }, {}, 'at most 20 stations'],
    ['beyond 50 km', { ...THIN, lastSearch: searched(1) }, { covered: false }, 'within 50 km'],
    ['with stale stations', { ...FULL, hasStale: true }, {}, 'more than 30 days ago'],
  ])('may be incomplete %s, and says why', (_name, area, search, note) => {
    expect(describeArea(area, search)).toContain(note)
  })
})
