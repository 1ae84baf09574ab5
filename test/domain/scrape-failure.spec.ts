import { describe, expect, it } from '@jest/globals'
import {
  findRetryAfterError,
  toScrapeFailure,
  computeBackoff,
  isRetryable,
  RetryAfterError,
  ScrapeFailure,
} from '../../plugins/scraping/domain/scrape-failure.ts'

describe('a failure to read a site', () => {
  it('is told apart by its name, and anything else is unknown', () => {
    const blocked = new ScrapeFailure('blocked', 'It does not let us in.')
    expect(toScrapeFailure(blocked)).toBe(blocked)
    expect(toScrapeFailure(new Error('odd'))).toMatchObject({ type: 'unknown', message: 'odd' })
    expect(toScrapeFailure('odd')).toMatchObject({ type: 'unknown', message: 'odd' })
  })

  it('may go better next time when nobody answered, and not when the site said no', () => {
    const types = ['timeout', 'network', 'blocked', 'robots', 'parse'] as const
    expect(types.map((type) => isRetryable(new ScrapeFailure(type, 'x')))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(
      isRetryable(new ScrapeFailure('network', 'It leads in circles.', { lasting: true })),
    ).toBe(false)
  })

  it(
    'leaves the site alone for thirty pauses, two minutes at most, and for a while in any case ' +
      'after it hung',
    () => {
      const after = (type: 'network' | 'timeout', gap: number) =>
        computeBackoff(new ScrapeFailure(type, 'x'), gap)
      expect([0, 100, 1_000, 60_000].map((gap) => after('network', gap))).toEqual([0, 3, 30, 120])
      expect([0, 1_000].map((gap) => after('timeout', gap))).toEqual([20, 30])
    },
  )

  it('is none when the site only puts us off', () => {
    expect(findRetryAfterError(new RetryAfterError('busy', 30))?.seconds).toBe(30)
    expect(findRetryAfterError(new Error('busy'))).toBeNull()
  })
})
