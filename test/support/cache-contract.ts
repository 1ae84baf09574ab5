import { describe, expect, it } from '@jest/globals'
import type { Cache, CacheEntry } from '../../src/cache/cache.ts'
import { waitUntil } from './work.ts'

/** An entry of a test, which lives for a minute. */
export const buildEntry = (
  name: string,
  tags: readonly string[] = ['cars'],
  seconds = 60,
): CacheEntry => ({ key: { name: `test:${name}`, seconds }, field: 'all', tags })

/** Caches a value as a reader does: after it was looked for. */
export async function store(cache: Cache<string>, entry: CacheEntry, value = 'a'): Promise<void> {
  const { stamp } = await cache.get(entry)
  if (stamp === null) throw new Error(`${entry.key.name} has no stamp.`)
  await cache.set(entry, value, stamp)
}

/** The value of an entry; undefined if it is not cached. */
export const load = async (cache: Cache<string>, entry: CacheEntry) =>
  (await cache.get(entry)).value

/** What holds for every implementation of the cache port. */
export function describeCache(getCache: () => Cache<string>): void {
  describe('the port', () => {
    it('returns what was set, and nothing for another key or field', async () => {
      const entry = buildEntry('returns')
      await store(getCache(), entry)
      expect(await load(getCache(), entry)).toBe('a')
      expect(await load(getCache(), buildEntry('other'))).toBeUndefined()
      expect(await load(getCache(), { ...entry, field: 'page 2' })).toBeUndefined()
    })

    it('keeps texts of every kind', async () => {
      for (const [i, text] of ['', '\n', 'two\nlines', '🚗 – ß\0', '{"a":"1 2\\n"}'].entries()) {
        await store(getCache(), buildEntry(`text ${i}`), text)
        expect(await load(getCache(), buildEntry(`text ${i}`))).toBe(text)
      }
    })

    it('drops every value of a tag, and no other', async () => {
      const [cars, both, stations] = [['cars'], ['cars', 'stations'], ['stations']].map((tags, i) =>
        buildEntry(`tags ${i}`, tags),
      ) as [CacheEntry, CacheEntry, CacheEntry]
      for (const entry of [cars, both, stations]) await store(getCache(), entry)
      await getCache().invalidate(['cars'])
      expect(await load(getCache(), cars)).toBeUndefined()
      expect(await load(getCache(), both)).toBeUndefined()
      expect(await load(getCache(), stations)).toBe('a')
      await getCache().invalidate(['nothing', 'stations'])
      expect(await load(getCache(), stations)).toBeUndefined()
    })

    it('does not keep a value that was computed while a tag changed', async () => {
      for (const change of ['invalidate', 'clear'] as const) {
        const entry = buildEntry(`computed during ${change}`)
        const { stamp } = await getCache().get(entry)
        await getCache()[change](['cars'])
        await getCache().set(entry, 'old', stamp ?? '')
        expect(await load(getCache(), entry)).toBeUndefined()
      }
    })

    it('keeps a value that was computed while another tag changed', async () => {
      const entry = buildEntry('computed meanwhile')
      const { stamp } = await getCache().get(entry)
      await getCache().invalidate(['stations'])
      await getCache().set(entry, 'new', stamp ?? '')
      expect(await load(getCache(), entry)).toBe('new')
    })

    it('drops everything with a tag when it is cleared', async () => {
      const [tagged, untagged] = [buildEntry('tagged'), buildEntry('untagged', [])]
      for (const entry of [tagged, untagged]) await store(getCache(), entry)
      await getCache().clear()
      expect(await load(getCache(), tagged)).toBeUndefined()
      expect(await load(getCache(), untagged)).toBe('a')
    })

    it('replaces a value, which then has other tags', async () => {
      const [before, after] = [buildEntry('replaced'), buildEntry('replaced', ['stations'])]
      const { stamp } = await getCache().get(after)
      await store(getCache(), before, 'before')
      await getCache().set(after, 'after', stamp ?? '')
      await getCache().invalidate(['cars'])
      expect(await load(getCache(), after)).toBe('after')
    })

    it('returns no value that is older than its key allows', async () => {
      const entry = buildEntry('short', ['cars'], 1)
      await store(getCache(), entry)
      await waitUntil(
        async () => (await load(getCache(), entry)) === undefined,
        'the value is too old',
      )
    })
  })
}
