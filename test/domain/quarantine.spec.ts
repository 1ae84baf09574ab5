import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findQuarantineReason } from '../../plugins/scraping/domain/quarantine.ts'

const prices = (moved: number, all: number) =>
  Array.from({ length: all }, (_, index) => ({ before: 100, now: index < moved ? 99 : 100 }))

describe('a run', () => {
  it('is doubted when it found fewer than half of the cars of the last one', () => {
    expect(findQuarantineReason({ found: 49, lastFound: 100, prices: [] })).toBe(
      'This run found 49 cars, fewer than half of the 100 cars in the last run. Nothing was changed.',
    )
    expect(findQuarantineReason({ found: 50, lastFound: 100, prices: [] })).toBeNull()
  })

  it('is doubted when more than 60 % of the prices moved', () => {
    expect(findQuarantineReason({ found: 10, lastFound: 10, prices: prices(7, 10) })).toMatch(
      /^7 of 10 prices changed or disappeared/,
    )
    expect(findQuarantineReason({ found: 10, lastFound: 10, prices: prices(6, 10) })).toBeNull()
  })

  it('is believed when it is the first, whatever it found', () => {
    fc.assert(
      fc.property(fc.nat(), (found) => {
        expect(findQuarantineReason({ found, lastFound: null, prices: [] })).toBeNull()
      }),
    )
  })

  it('is judged the same at any size', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 20 }),
        (found, last, times) => {
          const doubted = (by: number) =>
            findQuarantineReason({ found: found * by, lastFound: last * by, prices: [] }) !== null
          expect(doubted(times)).toBe(doubted(1))
        },
      ),
    )
  })
})
