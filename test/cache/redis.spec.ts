import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Cache } from '../../src/cache/cache.ts'
import { cacheKeys } from '../../src/cache/keys.ts'
import { RedisConnection } from '../../src/cache/redis-connection.ts'
import { createRedisCache } from '../../src/cache/redis.ts'
import { buildEntry, describeCache, load, store } from '../support/cache-contract.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { waitUntil } from '../support/work.ts'

const SILENT = { warn: () => undefined, info: () => undefined }

/** A process with a cache in Redis. */
type Process = { cache: Cache<string>; connection: RedisConnection }

async function openProcess(url: string): Promise<Process> {
  const connection = new RedisConnection(url)
  const cache = createRedisCache(connection)
  connection.connect(SILENT)
  await waitUntil(async () => connection.isUp, 'Redis responds')
  return { cache, connection }
}

;(findRedis() ? describe : describe.skip)('a cache in Redis', () => {
  let peer: RedisPeer
  let redis: Redis
  let one: Process
  let other: Process
  beforeAll(async () => {
    peer = await openRedis()
  })
  beforeEach(async () => {
    redis = new Redis(peer.url)
    redis.on('error', () => undefined)
    one = await openProcess(peer.url)
    other = await openProcess(peer.url)
  })
  afterEach(() => {
    redis.disconnect()
    for (const { connection } of [one, other]) connection.close()
  })
  afterAll(() => peer.kill())

  describeCache(() => one.cache)

  it('has the documented keys, each a hash with its lifetime', async () => {
    const lifetimes = [
      [cacheKeys.dropdown('makes', '2021'), 'dropdown:makes:2021', 21_600],
      [cacheKeys.vinDecode('1HGCM82633A004352'), 'vin:decode:1HGCM82633A004352', 604_800],
      [cacheKeys.vehicles('auth0|a'), 'vehicles:user:auth0|a', 300],
      [cacheKeys.fuelLogs('v', 'metric'), 'fuel-logs:vehicle:v:metric', 300],
      [cacheKeys.maintenance('v', 'imperial'), 'maintenance:vehicle:v:imperial', 300],
    ] as const
    for (const [key, name, seconds] of lifetimes) {
      for (const field of ['page=1', 'page=2']) await store(one.cache, { key, field, tags: ['t'] })
      expect((await redis.hkeys(name)).toSorted()).toEqual(['page=1', 'page=2'])
      expect(Math.abs((await redis.ttl(name)) - seconds)).toBeLessThanOrEqual(60)
    }
  })

  it('begins the lifetime with the first field, so that none outlives it', async () => {
    const entry = buildEntry('lifetime')
    await store(one.cache, entry)
    await redis.expire(entry.key.name, 7)
    await store(one.cache, { ...entry, field: 'later' })
    expect(await redis.ttl(entry.key.name)).toBeLessThanOrEqual(7)
  })

  it('shares values and changes with other processes', async () => {
    await store(one.cache, buildEntry('shared'))
    expect(await load(other.cache, buildEntry('shared'))).toBe('a')
    await other.cache.invalidate(['cars'])
    expect(await load(one.cache, buildEntry('shared'))).toBeUndefined()
  })

  it('does not keep a value that was computed while Redis was flushed after a change', async () => {
    const entry = buildEntry('flushed')
    const { stamp } = await one.cache.get(entry)
    await other.cache.invalidate(['cars'])
    await redis.flushall()
    await one.cache.set(entry, 'old', stamp ?? '')
    expect(await load(one.cache, entry)).toBeUndefined()
  })

  it('does not return a value whose tag was evicted', async () => {
    await store(one.cache, buildEntry('evicted'))
    await redis.del('forecourt:tag:cars')
    expect(await load(one.cache, buildEntry('evicted'))).toBeUndefined()
  })

  it('replaces a key of another kind, and takes a damaged value for none', async () => {
    const entry = buildEntry('foreign')
    for (const damage of [
      () => redis.set(entry.key.name, 'a text'),
      () => redis.del(entry.key.name).then(() => redis.hset(entry.key.name, 'all', 'damaged')),
    ]) {
      await damage()
      expect(await load(one.cache, entry)).toBeUndefined()
      await store(one.cache, entry, 'ours')
      expect(await load(one.cache, entry)).toBe('ours')
    }
  })

  it('bounds the fields of a hash, and the length of a value', async () => {
    const entry = buildEntry('bounded')
    for (let page = 0; page < 450; page++)
      await store(one.cache, { ...entry, field: `page=${page}` })
    expect(await redis.hlen(entry.key.name)).toBeLessThanOrEqual(200)
    await store(one.cache, buildEntry('long'), 'x'.repeat(600_000))
    expect(await load(one.cache, buildEntry('long'))).toBeUndefined()
  })

  it('fails no call while Redis is frozen, and only the first one waits', async () => {
    const entry = buildEntry('frozen')
    await store(one.cache, entry)
    peer.freeze()
    try {
      expect(await one.cache.get(entry)).toEqual({ value: undefined, stamp: null })
      expect(one.connection.isUp).toBe(false)
      for (let call = 0; call < 1_000; call++) {
        await one.cache.get(entry)
        await one.cache.set(entry, 'b', 'stamp')
        await one.cache.invalidate(['cars'])
        await one.cache.clear()
      }
    } finally {
      peer.resume()
    }
    await waitUntil(async () => one.connection.isUp, 'Redis is used again')
  })

  it('returns no old value after a change that Redis did not hear of', async () => {
    await store(one.cache, buildEntry('missed'), 'old')
    const late = await other.cache.get(buildEntry('late'))
    peer.freeze()
    await Promise.all([
      one.cache.invalidate(['cars']),
      other.cache.set(buildEntry('late'), 'old', late.stamp ?? ''),
    ])
    peer.resume()
    await waitUntil(async () => one.connection.isUp && other.connection.isUp, 'both are back')
    for (const { cache } of [one, other])
      for (const name of ['missed', 'late'])
        expect(await load(cache, buildEntry(name))).toBeUndefined()
  })

  it('does not wait for a Redis that died, and uses its successor', async () => {
    await peer.kill()
    expect(await load(one.cache, buildEntry('died'))).toBeUndefined()
    await one.cache.invalidate(['cars'])
    peer = await peer.restart()
    await waitUntil(async () => one.connection.isUp, 'the successor is used')
    // Redis has little time for each request, and a busy machine may miss it.
    await waitUntil(async () => {
      await store(one.cache, buildEntry('died'), 'new')
      return (await load(one.cache, buildEntry('died'))) === 'new'
    }, 'the successor keeps a value')
  })
})
