import { describe, expect, it } from '@jest/globals'
import {
  describeDecision,
  type OpenDecision,
  suggestStoredPrice,
  suitsGoal,
} from '../../plugins/market/domain/decision.ts'

const AS_USUAL = { bands: { inLinePercent: 3, farPercent: 7 }, goal: 'market' } as const

const decide = (about: Partial<OpenDecision> = {}): OpenDecision => ({
  id: 'a car',
  title: '2021 Honda Accord',
  cents: 2_300_000,
  miles: 30_000,
  stockNumber: null,
  daysOnLot: 12,
  costCents: null,
  problem: 'high',
  alerts: [],
  expectedCents: 2_000_000,
  firstQuartileCents: 1_950_000,
  thirdQuartileCents: 2_060_000,
  confidence: 'low',
  sampleSize: 7,
  cheaper: 7,
  analysedAt: '2026-03-01T10:00:00.000Z',
  ...about,
})

function describeIt(about: Partial<OpenDecision>): string {
  const decision = decide(about)
  return describeDecision(
    decision,
    { ...AS_USUAL, currency: 'USD' },
    suggestStoredPrice(decision, AS_USUAL),
  )
}

describe('a decision about a price', () => {
  it.each([
    [{}, '$23,000 is 15.0% above the market price of $20,000.'],
    [{ expectedCents: 2_001_234 }, '$23,000 is 14.9% above the market price of about $20,000.'],
    [
      { problem: 'stale', alerts: ['for sale for 60 days.'] },
      'It has been on the lot for 12 days. $23,000 is 15.0% above the market price of $20,000.',
    ],
    [
      { problem: 'stale', expectedCents: null, sampleSize: 0 },
      'It has been on the lot for 12 days. There is no market price: no cars like this one are ' +
        'for sale.',
    ],
    [
      {
        problem: 'moved',
        cents: 2_060_000,
        alerts: ['2021 Honda Accord: the median price rose 6.0%.'],
      },
      'The median price rose 6.0%. $20,600 is in line with the market price of $20,000.',
    ],
    [
      { problem: 'no_data', expectedCents: null, analysedAt: null },
      'It has never been compared with the market.',
    ],
    [
      { problem: 'no_data', expectedCents: null, sampleSize: 3 },
      'There is no market price: only 3 cars like this one are for sale.',
    ],
    [
      { costCents: 2_100_000 },
      '$23,000 is 15.0% above the market price of $20,000. Our cost is $21,000, so $21,000 is ' +
        'suggested.',
    ],
  ] as const)('of %j says: %s', (about, sentence) => {
    expect(describeIt(about)).toBe(sentence)
  })

  it('keeps a price that serves the goal, unless the cost is in the way', () => {
    const keep = (about: Partial<OpenDecision>, goal: 'fast' | 'market') => {
      const decision = decide(about)
      const suggestion = suggestStoredPrice(decision, { ...AS_USUAL, goal })
      const settings = { ...AS_USUAL, goal, currency: 'USD' }
      const sentence = describeDecision(decision, settings, suggestion)
      return [suitsGoal(decision, suggestion), sentence.includes('It suits the goal')]
    }
    const low = { problem: 'slightly_low', cents: 1_935_000 } as const
    expect(keep(low, 'fast')).toEqual([true, true])
    expect(keep(low, 'market')).toEqual([false, false])
    expect(keep({ ...low, costCents: 1_960_000 }, 'fast')).toEqual([false, false])
    expect(keep({ problem: 'undercut', cents: 1_950_000 }, 'fast')).toEqual([false, false])
  })

  it('suggests what the goal aims for, and nothing without a market price', () => {
    const suggest = (goal: 'fast' | 'margin', about: Partial<OpenDecision> = {}) =>
      suggestStoredPrice(decide(about), { ...AS_USUAL, goal })?.cents
    expect([suggest('fast'), suggest('margin')]).toEqual([1_950_000, 2_060_000])
    expect(suggest('fast', { expectedCents: null })).toBeUndefined()
    expect(suggest('fast', { firstQuartileCents: null })).toBe(2_000_000)
  })
})
