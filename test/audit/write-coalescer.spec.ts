import { describe, expect, it } from '@jest/globals'
import { WriteCoalescer } from '../../src/audit/write-coalescer.ts'

/** A count that is under way until it is let go. */
function counting() {
  const requested: { many: number; done: (error?: Error) => void }[] = []
  const count = (many: number) =>
    new Promise<void>((resolve, reject) =>
      requested.push({ many, done: (error) => (error ? reject(error) : resolve()) }),
    )
  return { asked: requested, count }
}

describe('a rush at one account', () => {
  it('is counted whole, by one count at a time', async () => {
    const { asked: requests, count } = counting()
    const rush = new WriteCoalescer()
    const first = rush.coalesce('ann', count)
    const others = Array.from({ length: 50 }, () => rush.coalesce('ann', count))
    expect(requests.map(({ many }) => many)).toEqual([1])
    requests[0]?.done()
    await first
    await new Promise(setImmediate)
    const late = rush.coalesce('ann', count)
    expect(requests.map(({ many }) => many)).toEqual([1, 50])
    requests[1]?.done()
    await Promise.all(others)
    await new Promise(setImmediate)
    requests[2]?.done()
    await late
    expect(requests.map(({ many }) => many)).toEqual([1, 50, 1])
  })

  it('does not hold up another account', () => {
    const { asked: sent, count } = counting()
    const rush = new WriteCoalescer()
    for (const actor of ['ann', 'bob']) void rush.coalesce(actor, count)
    expect(sent).toHaveLength(2)
  })

  it('goes on after a count that failed, which those hear of whose it was', async () => {
    const { asked: requestedValue, count } = counting()
    const rush = new WriteCoalescer()
    const [one, other] = [rush.coalesce('ann', count), rush.coalesce('ann', count)]
    requestedValue[0]?.done(new Error('The database is unavailable.'))
    await expect(one).rejects.toThrow('unavailable')
    await new Promise(setImmediate)
    requestedValue[1]?.done()
    await other
    const third = rush.coalesce('ann', count)
    requestedValue[2]?.done()
    await third
  })
})

describe('an account without lines left', () => {
  it('is known as such, and no other is', () => {
    const rush = new WriteCoalescer()
    rush.markLimitReached('ann')
    expect([rush.hasReachedLimit('ann'), rush.hasReachedLimit('bob')]).toEqual([true, false])
  })
})
