import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createRequestCache } from '../../src/egress/request-cache.ts'
import { createSingleFlight } from '../../src/egress/single-flight.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { openTwoPools } from '../support/two-pools.ts'

let forecourt: TestForecourt
let pools: ReturnType<typeof openTwoPools>
beforeAll(async () => {
  forecourt = await openForecourt()
  pools = openTwoPools(forecourt.url)
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  await forecourt.close()
})

describe('a work that is done once', () => {
  /** A work of this name by many at once; `kept` is what it leaves. */
  function many(name: string, work: () => Promise<string>) {
    const kept: string[] = []
    const processes = pools.map((pool) => ({ pool, fly: createSingleFlight() }))
    const flight = ({ pool, fly }: (typeof processes)[number]) =>
      fly(pool, name, {
        find: () => Promise.resolve(kept[0] ?? null),
        work: async () => {
          const value = await work()
          kept.push(value)
          return value
        },
      })
    return processes.flatMap((one) => Array.from({ length: 6 }, () => flight(one)))
  }

  it('is done by one alone over all processes, and the others find it', async () => {
    let worked = 0
    const all = many('a work', async () => {
      worked += 1
      await sleep(200)
      return 'done'
    })
    expect(new Set(await Promise.all(all))).toEqual(new Set(['done']))
    expect(worked).toBe(1)
  })

  it('is taken up by the next one when the first one fails', async () => {
    let tries = 0
    const all = many('a hard work', async () => {
      tries += 1
      await sleep(20)
      if (tries === 1) throw new Error('It was too hard.')
      return 'done'
    })
    const outcomes = await Promise.allSettled(all)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(tries).toBe(2)
  })

  it('is done beside others of other names without every connection being taken', async () => {
    const fly = createSingleFlight()
    const names = Array.from({ length: 12 }, (_, index) => `work ${index}`)
    const done = names.map((name) =>
      fly(pools[0], name, {
        find: () => Promise.resolve(null),
        work: async () =>
          String(
            (await pools[0].query<{ result: string }>('select $1::text as result', [name])).rows[0]
              ?.result,
          ),
      }),
    )
    expect(await Promise.all(done)).toEqual(names)
  })
})

describe('a value that is loaded once in a process', () => {
  it('is kept until its time is over', async () => {
    let loads = 0
    const cache = createRequestCache<number>({ maxEntries: 2, ttlMs: 40 })
    const load = async () => ++loads
    expect(await Promise.all([cache('a', load), cache('a', load)])).toEqual([1, 1])
    expect(await cache('a', load)).toBe(1)
    await sleep(80)
    expect(await cache('a', load)).toBe(2)
  })

  it('is loaded again after a failure', async () => {
    const cache = createRequestCache<string>({ maxEntries: 2 })
    const fail = () => Promise.reject(new Error('It is not there.'))
    await expect(Promise.all([cache('a', fail), cache('a', fail)])).rejects.toThrow('not there')
    expect(await cache('a', async () => 'here')).toBe('here')
  })

  it('is not kept if it does not qualify', async () => {
    let loads = 0
    const cache = createRequestCache<number>({ maxEntries: 2, isKept: (value) => value > 1 })
    const load = async () => ++loads
    const values = [await cache('a', load), await cache('a', load), await cache('a', load)]
    expect(values).toEqual([1, 2, 2])
  })
})
