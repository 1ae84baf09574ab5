import { describe, expect, it } from '@jest/globals'
import { formatErrorChain } from '../../jobs/outcomes.ts'

describe('an error in words', () => {
  it('says what each address answered where the error of them all says nothing itself', () => {
    const refused = ['::1', '127.0.0.1'].map(
      (address) => new Error(`connect ECONNREFUSED ${address}:443`),
    )
    expect(
      formatErrorChain(new TypeError('fetch failed', { cause: new AggregateError(refused) })),
    ).toBe(
      'TypeError: fetch failed\nCaused by: AggregateError: connect ECONNREFUSED ::1:443; ' +
        'connect ECONNREFUSED 127.0.0.1:443',
    )
  })

  it('ends for whatever was thrown, also what is no JSON', () => {
    const round: Record<string, unknown> = { code: 7n }
    round['self'] = round
    expect(formatErrorChain(round)).toContain('code: 7n')
    expect(formatErrorChain('broken')).toBe("'broken'")
    const own = new Error('broken')
    own.cause = own
    expect(formatErrorChain(own).split('\n').length).toBeLessThan(10)
  })
})
