import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Cache, CacheEntry, Lookup, Stamp } from './cache.ts'
import { type RedisConnection, RedisUnavailable } from './redis-connection.ts'

/** A value with more characters is not worth the time to send it. */
const MAX_VALUE = 500_000
/** A hash with more fields starts over. */
const MAX_FIELDS = 200
/** How long the token of a tag lives: longer than any value with tags. */
const TOKEN_SECONDS = 24 * 3_600
const TAG_PREFIX = 'forecourt:tag:'
/** The tag of every value that has a tag. */
const EVERYTHING = '*'

/**
 * KEYS: the hash, then the tags. ARGV: the field, a new token, and the lifetime of tokens. Returns
 * the tokens of the tags and the field. A tag without a token, such as after a flush, gets a new
 * one.
 */
const GET_SCRIPT = `
  local tokens = {}
  for i = 2, #KEYS do
    local token = redis.call('GET', KEYS[i])
    if not token then
      token = ARGV[2]
      redis.call('SET', KEYS[i], token, 'EX', ARGV[3])
    end
    tokens[i - 1] = token
  end
  local value = redis.pcall('HGET', KEYS[1], ARGV[1])
  if type(value) ~= 'string' then value = false end
  return { table.concat(tokens, ' '), value }`

/**
 * KEYS: the hash. ARGV: the field, the value, the lifetime, and the maximum number of fields. The
 * lifetime begins with the first field, so no field outlives it. (EXPIRE NX needs Redis 7.)
 */
const SET_SCRIPT = `
  local kind = redis.call('TYPE', KEYS[1]).ok
  if kind ~= 'hash' or redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
    redis.call('DEL', KEYS[1])
  end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end`

/** KEYS: the tags. ARGV: a new token, and the lifetime of tokens. */
const INVALIDATE_SCRIPT = `
  for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'EX', ARGV[2]) end`

const Found = z.tuple([z.string(), z.string().nullable()])
/** When a value was computed, in milliseconds, and its stamp; the value follows after a line. */
const HEADER = /^(\d{13}) ([^\n]*)\n/

/**
 * A cache in Redis, shared by all processes. The state of a tag is a random token, and a value is
 * stored with the tokens that its tags had before it was computed: it counts while they are the
 * same. Invalidating a tag gives it another token. A process that could not reach Redis may have
 * missed to do so, and Redis may have come back with an old snapshot: therefore each new
 * connection invalidates everything first.
 */
export function createRedisCache(connection: RedisConnection): Cache<string> {
  connection.onConnect((redis) => setTokens(redis, [EVERYTHING]))
  const invalidate = (tags: readonly string[]) =>
    ignoreOutage(connection.runUnprepared((redis) => setTokens(redis, tags)))
  return {
    get: async (entry) => {
      const found = await ignoreOutage(connection.run((redis) => getField(redis, entry)))
      return found ?? { value: undefined, stamp: null }
    },
    set: async (entry, value, stamp) => {
      if (value.length > MAX_VALUE) return
      await ignoreOutage(connection.run((redis) => setField(redis, entry, value, stamp)))
    },
    invalidate: async (tags) => void (await invalidate(tags)),
    clear: async () => void (await invalidate([EVERYTHING])),
  }
}

async function getField(redis: Redis, { key, field, tags }: CacheEntry): Promise<Lookup<string>> {
  const tagKeys = tags.length > 0 ? [EVERYTHING, ...tags].map(buildTagKey) : []
  const keys = [key.name, ...tagKeys]
  const reply = await redis.eval(
    GET_SCRIPT,
    keys.length,
    ...keys,
    field,
    randomUUID(),
    TOKEN_SECONDS,
  )
  const [stamp, stored] = Found.parse(reply)
  const [header = '', computedAt, storedStamp] = HEADER.exec(stored ?? '') ?? []
  const isFresh = storedStamp === stamp && Date.now() - Number(computedAt) < key.seconds * 1000
  return isFresh && stored
    ? { value: stored.slice(header.length), stamp: null }
    : { value: undefined, stamp }
}

async function setField(
  redis: Redis,
  { key, field }: CacheEntry,
  value: string,
  stamp: Stamp,
): Promise<void> {
  const stored = `${Date.now()} ${stamp}\n${value}`
  await redis.eval(SET_SCRIPT, 1, key.name, field, stored, key.seconds, MAX_FIELDS)
}

async function setTokens(redis: Redis, tags: readonly string[]): Promise<void> {
  const keys = tags.map(buildTagKey)
  await redis.eval(INVALIDATE_SCRIPT, keys.length, ...keys, randomUUID(), TOKEN_SECONDS)
}

const buildTagKey = (tag: string) => TAG_PREFIX + tag

/** Null if Redis is unavailable. */
async function ignoreOutage<Value>(operation: Promise<Value>): Promise<Value | null> {
  try {
    return await operation
  } catch (error) {
    if (error instanceof RedisUnavailable) return null
    throw error
  }
}
