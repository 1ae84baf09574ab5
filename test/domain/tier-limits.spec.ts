import { describe, expect, it } from '@jest/globals'
import {
  describeTierLimit,
  hasTierLimit,
  parseTier,
  parseTierLimits,
} from '../../src/domain/tier-limits.ts'

describe('the limits of tiers', () => {
  it('are JSON with a limit for some tiers', () => {
    const written = '{"free":{"vehicles":2,"storedMb":100},"pro":{"vehicles":0}}'
    expect(parseTierLimits(written)).toEqual({
      value: { free: { vehicles: 2, storedMb: 100 }, pro: { vehicles: 0 } },
    })
    expect(parseTierLimits('{}')).toEqual({ value: {} })
  })

  it.each(['', 'free=2', '[]', '{"gold":{"vehicles":2}}', '{"free":{"vehicles":-1}}'])(
    'are not %j',
    (written) => {
      expect(parseTierLimits(written)).toEqual({
        problem: expect.stringContaining('must be JSON such as {"free":'),
      })
    },
  )

  it('are only those that are set', () => {
    const limits = { free: { vehicles: 2 } }
    expect(hasTierLimit(limits, 'vehicles')).toBe(true)
    expect(hasTierLimit(limits, 'storedMb')).toBe(false)
  })

  it('of an unknown tier are those of the lowest', () => {
    expect(['pro', 'gold', null].map(parseTier)).toEqual(['pro', 'free', 'free'])
  })

  it('are explained with a way out', () => {
    expect(describeTierLimit('vehicles', 'free', 2)).toBe(
      'The tier of your subscription, free, allows 2 vehicles. Move one to the trash, or change ' +
        'to a higher tier.',
    )
  })
})
