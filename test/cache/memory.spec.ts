import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Cache } from '../../src/cache/cache.ts'
import { createMemoryCache } from '../../src/cache/memory.ts'
import { buildEntry, describeCache, load, store } from '../support/cache-contract.ts'

const openCache = (bytes: number) =>
  createMemoryCache<string>({ bytes, computeSize: ({ length }) => length })

describe('a cache in memory', () => {
  let cache: Cache<string>
  beforeEach(() => void (cache = openCache(100_000)))

  describeCache(() => cache)

  it('has dropped values before the promise is awaited', async () => {
    for (const change of ['invalidate', 'clear'] as const) {
      await store(cache, buildEntry('a'))
      const [, { value }] = await Promise.all([cache[change](['cars']), cache.get(buildEntry('a'))])
      expect(value).toBeUndefined()
    }
  })

  it('keeps no value by mistake after more tags changed than it remembers', async () => {
    const entry = buildEntry('a')
    const { stamp } = await cache.get(entry)
    await cache.invalidate(['cars'])
    for (let tag = 0; tag < 20_000; tag++) await cache.invalidate([`owner:${tag}`])
    await cache.set(entry, 'old', stamp ?? '')
    expect(await load(cache, entry)).toBeUndefined()
  })

  it('stays within its bytes, and first drops what was not read for longest', async () => {
    cache = openCache(10_000)
    const [value, keys] = ['x'.repeat(500), Array.from({ length: 1_000 }, (_, i) => `junk ${i}`)]
    await store(cache, buildEntry('hot'), value)
    for (const key of keys) {
      await store(cache, buildEntry(key), value)
      await load(cache, buildEntry('hot'))
    }
    const left = await Promise.all(keys.map((key) => load(cache, buildEntry(key))))
    const kept = left.flatMap((found, i) => (found ? [i] : []))
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.length * 500).toBeLessThan(10_000)
    expect(kept.at(-1)).toBe(999)
    expect(await load(cache, buildEntry('hot'))).toBe(value)
  })

  it('does not take a value that would push all the others out', async () => {
    cache = openCache(10_000)
    await store(cache, buildEntry('a'), 'x'.repeat(500))
    await store(cache, buildEntry('huge'), 'x'.repeat(9_000))
    expect(await load(cache, buildEntry('huge'))).toBeUndefined()
    expect(await load(cache, buildEntry('a'))).toBe('x'.repeat(500))
  })
})
