import { describe, expect, it } from '@jest/globals'
import { createMemoryCache } from '../../src/cache/memory.ts'

const cacheOf = (bytes: number) =>
  createMemoryCache<{ size: number }>({ bytes, computeSize: ({ size }) => size })

describe('a cache in memory', () => {
  it('answers what was set, and nothing for another key', async () => {
    const cache = cacheOf(100_000)
    await cache.set('a', { size: 1 }, 'cars')
    expect(await cache.get('a')).toEqual({ size: 1 })
    expect(await cache.get('b')).toBeUndefined()
  })

  it('forgets every value of a tag, and no other', async () => {
    const cache = cacheOf(100_000)
    await cache.set('a', { size: 1 }, 'cars')
    await cache.set('b', { size: 2 }, 'cars')
    await cache.set('c', { size: 3 }, 'stations')
    await cache.drop('cars')
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([
      undefined,
      undefined,
      { size: 3 },
    ])
  })

  it('has dropped before the promise is awaited', async () => {
    const cache = cacheOf(100_000)
    await cache.set('a', { size: 1 }, 'cars')
    const [, value] = await Promise.all([cache.drop('cars'), cache.get('a')])
    expect(value).toBeUndefined()
  })

  it('keeps a value under the tag that it was set with last', async () => {
    const cache = cacheOf(100_000)
    await cache.set('a', { size: 1 }, 'cars')
    await cache.set('a', { size: 2 }, 'stations')
    await cache.drop('cars')
    expect(await cache.get('a')).toEqual({ size: 2 })
    await cache.drop('stations')
    expect(await cache.get('a')).toBeUndefined()
  })

  it('forgets everything when it is cleared', async () => {
    const cache = cacheOf(100_000)
    await cache.set('a', { size: 1 }, 'cars')
    await cache.clear()
    expect(await cache.get('a')).toBeUndefined()
  })

  it('stays within its bytes, and lets go first of what was not asked for longest', async () => {
    const cache = cacheOf(10_000)
    await cache.set('hot', { size: 500 }, 'cars')
    for (let i = 0; i < 1_000; i++) {
      await cache.set(`junk ${i}`, { size: 500 }, 'cars')
      await cache.get('hot')
    }
    const left = await Promise.all(Array.from({ length: 1_000 }, (_, i) => cache.get(`junk ${i}`)))
    const kept = left.flatMap((value, i) => (value ? [i] : []))
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.length * 500).toBeLessThan(10_000)
    expect(kept.at(-1)).toBe(999)
    expect(await cache.get('hot')).toEqual({ size: 500 })
  })

  it('does not take a value that would push all the others out', async () => {
    const cache = cacheOf(10_000)
    await cache.set('a', { size: 500 }, 'cars')
    await cache.set('huge', { size: 9_000 }, 'cars')
    expect(await cache.get('huge')).toBeUndefined()
    expect(await cache.get('a')).toEqual({ size: 500 })
  })
})
