import { describe, expect, it } from '@jest/globals'
import { WriteCoalescer } from '../../src/audit/write-coalescer.ts'

/** A count that is under way until it is let go. */
function counting() {
  const asked: { many: number; done: (error?: Error) => void }[] = []
  const count = (many: number) =>
    new Promise<void>((resolve, reject) =>
      asked.push({ many, done: (error) => (error ? reject(error) : resolve()) }),
    )
  return { asked, count }
}

describe('a rush at one account', () => {
  it('is counted whole, by one count at a time', async () => {
    const { asked, count } = counting()
    const rush = new WriteCoalescer()
    const first = rush.coalesce('ann', count)
    const others = Array.from({ length: 50 }, () => rush.coalesce('ann', count))
    expect(asked.map(({ many }) => many)).toEqual([1])
    asked[0]?.done()
    await first
    await new Promise(setImmediate)
    const late = rush.coalesce('ann', count)
    expect(asked.map(({ many }) => many)).toEqual([1, 50])
    asked[1]?.done()
    await Promise.all(others)
    await new Promise(setImmediate)
    asked[2]?.done()
    await late
    expect(asked.map(({ many }) => many)).toEqual([1, 50, 1])
  })

  it('does not hold up another account', () => {
    const { asked, count } = counting()
    const rush = new WriteCoalescer()
    for (const actor of ['ann', 'bob']) void rush.coalesce(actor, count)
    expect(asked).toHaveLength(2)
  })

  it('goes on after a count that failed, which those hear of whose it was', async () => {
    const { asked, count } = counting()
    const rush = new WriteCoalescer()
    const [one, other] = [rush.coalesce('ann', count), rush.coalesce('ann', count)]
    asked[0]?.done(new Error('The database is unavailable.'))
    await expect(one).rejects.toThrow('away')
    await new Promise(setImmediate)
    asked[1]?.done()
    await other
    const third = rush.coalesce('ann', count)
    asked[2]?.done()
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
