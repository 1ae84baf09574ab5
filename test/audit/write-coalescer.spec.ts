import { describe, expect, it } from '@jest/globals'
import { WriteCoalescer } from '../../src/audit/write-coalescer.ts'

/** A count that is under way until it is let go. */
function counting() {
  const counts: { many: number; done: (error?: Error) => void }[] = []
  const count = (many: number) =>
    new Promise<void>((resolve, reject) =>
      counts.push({ many, done: (error) => (error ? reject(error) : resolve()) }),
    )
  return { counts, count }
}

describe('a burst of writes of one account', () => {
  it('is counted whole, by one count at a time', async () => {
    const { counts, count } = counting()
    const coalescer = new WriteCoalescer()
    const first = coalescer.coalesce('ann', count)
    const others = Array.from({ length: 50 }, () => coalescer.coalesce('ann', count))
    expect(counts.map(({ many }) => many)).toEqual([1])
    counts[0]?.done()
    await first
    await new Promise(setImmediate)
    const late = coalescer.coalesce('ann', count)
    expect(counts.map(({ many }) => many)).toEqual([1, 50])
    counts[1]?.done()
    await Promise.all(others)
    await new Promise(setImmediate)
    counts[2]?.done()
    await late
    expect(counts.map(({ many }) => many)).toEqual([1, 50, 1])
  })

  it('does not hold up another account', () => {
    const { counts, count } = counting()
    const coalescer = new WriteCoalescer()
    for (const actor of ['ann', 'bob']) void coalescer.coalesce(actor, count)
    expect(counts).toHaveLength(2)
  })

  it('goes on after a count that failed, which those hear of whose it was', async () => {
    const { counts, count } = counting()
    const coalescer = new WriteCoalescer()
    const [one, other] = [coalescer.coalesce('ann', count), coalescer.coalesce('ann', count)]
    counts[0]?.done(new Error('The database is unavailable.'))
    await expect(one).rejects.toThrow('unavailable')
    await new Promise(setImmediate)
    counts[1]?.done()
    await other
    const third = coalescer.coalesce('ann', count)
    counts[2]?.done()
    await third
  })
})

describe('an account without lines left', () => {
  it('is known as such, and no other is', () => {
    const coalescer = new WriteCoalescer()
    coalescer.markLimitReached('ann')
    expect([coalescer.hasReachedLimit('ann'), coalescer.hasReachedLimit('bob')]).toEqual([
      true,
      false,
    ])
  })
})
