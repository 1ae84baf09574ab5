import { Redis } from 'ioredis'
import pg from 'pg'
import type { Payload } from 'payload'
import {
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { getPostgresAdapter } from '../../database/transaction.ts'

declare module '../../services.ts' {
  interface Services {
    rateLimiter: RateLimiter
  }
}

/**
 * A maximum number of requests within a number of seconds. A `durable` limit is counted only in
 * PostgreSQL, so that a restart of Redis does not reset it.
 */
export type RateLimit = Readonly<{ max: number; seconds: number; durable?: boolean }>

type LimiterOptions = { keyPrefix: string; points: number; duration: number }
type Limiters = { redis: RateLimiterAbstract | null; postgres: RateLimiterAbstract }

const REDIS_TIMEOUT_MS = 250
/** How long Redis is not used after it failed to respond. */
const REDIS_COOLDOWN_MS = 5_000
const MAX_KEY_LENGTH = 200
const MAX_CONNECTIONS = 2

/**
 * Counts limited requests over all processes: in Redis if configured and the limit is not durable,
 * else in PostgreSQL, which is also the fallback while Redis does not respond. Created once with
 * the configuration. `name` identifies what is counted and is always used with the same limit.
 */
export class RateLimiter {
  readonly #redisUrl: string | undefined
  #redis: Redis | null = null
  #pool: pg.Pool | null = null
  #redisRestsUntil = 0
  readonly #limiters = new Map<string, Limiters>()

  constructor(redisUrl: string | undefined) {
    this.#redisUrl = redisUrl
  }

  /**
   * Consumes one request of a key; returns null, or the seconds until the key has one again. A key
   * that has none left is only read, so that concurrent callers do not wait for the lock of its
   * row.
   */
  async consume(
    payload: Payload,
    name: string,
    limit: RateLimit,
    key: string,
  ): Promise<number | null> {
    return this.#count(payload, name, limit, async (limiter) => {
      const state = await limiter.get(truncateKey(key))
      if (state && state.consumedPoints >= limit.max && state.msBeforeNext > 0)
        return getRetrySeconds(state)
      try {
        await limiter.consume(truncateKey(key))
        return null
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return getRetrySeconds(refused)
        throw refused
      }
    })
  }

  /** Resets a key to its full limit. */
  async reset(payload: Payload, name: string, limit: RateLimit, key: string): Promise<void> {
    await this.#count(payload, name, limit, (limiter) => limiter.delete(truncateKey(key)))
  }

  /** Gives a key back one request that it consumed. */
  async reward(payload: Payload, name: string, limit: RateLimit, key: string): Promise<void> {
    await this.#count(payload, name, limit, (limiter) => limiter.reward(truncateKey(key)))
  }

  /** Closes the connections to Redis and the database. */
  async close(): Promise<void> {
    this.#redis?.disconnect()
    await this.#pool?.end()
  }

  /**
   * Counts in Redis, and in PostgreSQL if Redis fails. A Redis that does not respond delays one
   * caller. It is then not used for five seconds, after which a single caller tries it again.
   */
  async #count<Value>(
    payload: Payload,
    name: string,
    limit: RateLimit,
    work: (limiter: RateLimiterAbstract) => Promise<Value>,
  ): Promise<Value> {
    const { redis, postgres } = this.#limitersFor(payload, name, limit)
    if (!redis || Date.now() < this.#redisRestsUntil) return work(postgres)
    if (this.#redisRestsUntil > 0) this.#restRedis()
    try {
      const value = await work(redis)
      this.#redisRestsUntil = 0
      return value
    } catch {
      this.#restRedis()
      return work(postgres)
    }
  }

  #restRedis(): void {
    this.#redisRestsUntil = Date.now() + REDIS_COOLDOWN_MS
  }

  #limitersFor(
    payload: Payload,
    name: string,
    { max, seconds, durable = false }: RateLimit,
  ): Limiters {
    const known = this.#limiters.get(name)
    if (known) return known
    const limits = { keyPrefix: name, points: max, duration: seconds }
    const table = {
      tableName: 'sign_in_tries',
      tableCreated: true,
      clearExpiredByTimeout: this.#limiters.size === 0,
    }
    const postgres = new RateLimiterPostgres({
      ...limits,
      ...table,
      storeClient: (this.#pool ??= openPool(payload)),
    })
    const redis = this.#redisUrl && !durable ? this.#inRedis(payload, this.#redisUrl, limits) : null
    const limiters = { redis, postgres }
    this.#limiters.set(name, limiters)
    return limiters
  }

  #inRedis(payload: Payload, url: string, limits: LimiterOptions) {
    const storeClient = (this.#redis ??= connectRedis(payload, url))
    return new RateLimiterRedis({ ...limits, storeClient, rejectIfRedisNotReady: true })
  }
}

/**
 * Connections for counting only. A write is counted while its transaction holds a connection of the
 * application's pool: if counting waited for another connection of the same pool, enough concurrent
 * writes would deadlock.
 */
function openPool(payload: Payload): pg.Pool {
  const pool = new pg.Pool({ ...getPostgresAdapter(payload).poolOptions, max: MAX_CONNECTIONS })
  // the current statement fails with it; an idle connection is replaced
  pool.on('error', () => undefined)
  return pool
}

function connectRedis({ logger }: Payload, url: string): Redis {
  const redis = new Redis(url, {
    commandTimeout: REDIS_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  })
  let warned = false
  redis.on('error', (error: Error) => {
    if (!warned)
      logger.warn({
        err: error,
        msg: 'Redis is not responding. Requests are counted in PostgreSQL until it does.',
      })
    warned = true
  })
  redis.on('ready', () => (warned = false))
  return redis
}

const truncateKey = (key: string) => key.slice(0, MAX_KEY_LENGTH)
const getRetrySeconds = ({ msBeforeNext }: RateLimiterRes) =>
  Math.max(1, Math.ceil(msBeforeNext / 1000))
