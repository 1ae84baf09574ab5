import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatAge, formatRelativeTime } from '../../src/admin/ui/relative-time.ts'

const NOW = new Date('2026-11-23T12:00:00Z')

describe('how far a moment is from now', () => {
  const SECOND = 1000
  const MINUTE = 60 * SECOND
  const HOUR = 60 * MINUTE
  const DAY = 24 * HOUR

  it.each([
    [0, 'just now'],
    [29 * SECOND, 'in less than a minute'],
    [-29 * SECOND, 'just now'],
    [31 * SECOND, 'in 1 minute'],
    [-5 * MINUTE, '5 minutes ago'],
    [59 * MINUTE, 'in 59 minutes'],
    [59 * MINUTE + 40 * SECOND, 'in 1 hour'],
    [3 * HOUR, 'in 3 hours'],
    [-(23 * HOUR + 40 * MINUTE), '1 day ago'],
    [36 * HOUR, 'in 2 days'],
    [-29 * DAY, '29 days ago'],
    [30 * DAY, 'in 1 month'],
    [-200 * DAY, '7 months ago'],
    [364 * DAY, 'in 1 year'],
    [-3 * 365 * DAY, '3 years ago'],
  ])('is, %d milliseconds off, "%s"', (off, words) => {
    expect(formatRelativeTime(new Date(NOW.getTime() + off), NOW)).toBe(words)
  })

  it('never says that something is 0 of anything away', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9e12, max: 9e12 }), (off) => {
        expect(formatRelativeTime(new Date(NOW.getTime() + off), NOW)).toMatch(
          /^(just now|in less than a minute|in [1-9]\d* \w+|[1-9]\d* \w+ ago)$/,
        )
      }),
    )
  })
})

describe('how long ago something happened', () => {
  it.each([
    ['2026-11-23T11:55:00Z', '5 minutes ago'],
    ['2026-11-23T12:00:00Z', 'just now'],
    ['2026-11-23T12:00:25Z', 'just now'],
  ])('%s is %s, even if the clock of the screen is behind', (moment, words) => {
    expect(formatAge(moment, NOW)).toBe(words)
  })
})
