import { describe, expect, it } from '@jest/globals'
import {
  type CompetitorStatus,
  computeHealth,
  type RunSummary,
} from '../../plugins/scraping/domain/health.ts'

const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}T02:00:00.000Z`

const row = (about: Partial<CompetitorStatus> = {}): CompetitorStatus => ({
  active: true,
  lastScrapedAt: day(9),
  errorType: null,
  error: null,
  ...about,
})
const well = (on: number): RunSummary => ({ state: 'applied', startedAt: day(on), errorType: null })
const failed = (on: number): RunSummary => ({
  state: 'failed',
  startedAt: day(on),
  errorType: 'blocked',
})

describe('how a competitor is', () => {
  it('is unknown until somebody has looked', () => {
    expect(computeHealth(row({ lastScrapedAt: null }), []).state).toBe('never')
  })

  it('is well after a run that went well, and told apart from one that nobody watches', () => {
    expect(computeHealth(row(), [well(9)])).toEqual({
      state: 'healthy',
      since: null,
      error: null,
      wayOut: null,
    })
    expect(computeHealth(row({ active: false, errorType: 'blocked' }), [failed(9)]).state).toBe(
      'unwatched',
    )
  })

  it('is failing since the first run after the last good one', () => {
    const bad = row({ errorType: 'blocked', error: 'Their site answered 403.' })
    const health = computeHealth(bad, [failed(9), failed(8), failed(7), well(6), failed(5)])
    expect(health).toMatchObject({
      state: 'failing',
      since: day(7),
      error: 'Their site answered 403.',
    })
    expect(health.wayOut).toContain('next run')
  })

  it('counts a run that did not see all among those that failed, and one under way not at all', () => {
    const part: RunSummary = { state: 'applied', startedAt: day(8), errorType: 'incomplete' }
    const now: RunSummary = { state: 'fetching', startedAt: day(9), errorType: null }
    expect(computeHealth(row({ errorType: 'incomplete' }), [now, part, well(7)])).toMatchObject({
      state: 'failing',
      since: day(8),
    })
  })

  it(
    'waits for a person while a run is in quarantine, and for the next run once that ' +
      'was discarded',
    () => {
      const doubted = row({
        errorType: 'quarantined',
        error: 'It found 4 cars, and the last one 12.',
      })
      const buildRun = (state: string): RunSummary => ({
        state,
        startedAt: day(9),
        errorType: 'quarantined',
      })
      expect(computeHealth(doubted, [buildRun('quarantined'), well(8)])).toMatchObject({
        state: 'quarantined',
        since: day(9),
      })
      expect(computeHealth(doubted, [buildRun('discarded'), well(8)]).state).toBe('discarded')
    },
  )

  it('has a way out for every kind of failure, one that it does not know among them', () => {
    const types = [
      'blocked',
      'robots',
      'timeout',
      'network',
      'parse',
      'no_vehicles',
      'incomplete',
      'unknown',
    ]
    const ways = types.map((errorType) => computeHealth(row({ errorType }), [failed(9)]).wayOut)
    expect(new Set(ways).size).toBe(types.length)
    expect(computeHealth(row({ errorType: 'toString' }), [failed(9)]).wayOut).toBe(ways.at(-1))
  })
})
