import type pg from 'pg'
import type { Payload } from 'payload'
import {
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { type RedisConnection, RedisUnavailable } from '../../cache/redis-connection.ts'
import { getReportingPool } from '../../database/transaction.ts'

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

type Limiters = { redis: RateLimiterAbstract | null; postgres: RateLimiterAbstract }

const MAX_KEY_LENGTH = 200

/**
 * Connections for counting only. A write is counted while its transaction holds a connection of the
 * application's pool: if counting waited for another connection of the same pool, enough concurrent
 * writes would deadlock.
 */
const MAX_CONNECTIONS = 2

/**
 * Counts limited requests over all processes: in Redis if configured and the limit is not durable,
 * else in PostgreSQL, which is also the fallback while Redis does not respond. Created once with
 * the configuration. `name` identifies what is counted and is always used with the same limit.
 */
export class RateLimiter {
  readonly #redis: RedisConnection | null
  #pool: pg.Pool | null = null
  readonly #limiters = new Map<string, Limiters>()

  constructor(redis: RedisConnection | null) {
    this.#redis = redis
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

  /** Closes the connections to the database. */
  async close(): Promise<void> {
    await this.#pool?.end()
  }

  /** Counts in Redis, and in PostgreSQL while Redis is unavailable. */
  async #count<Value>(
    payload: Payload,
    name: string,
    limit: RateLimit,
    work: (limiter: RateLimiterAbstract) => Promise<Value>,
  ): Promise<Value> {
    this.#redis?.connect(payload.logger)
    const { redis, postgres } = this.#limitersFor(payload, name, limit)
    if (!redis || !this.#redis) return work(postgres)
    try {
      return await this.#redis.run(() => work(redis))
    } catch (error) {
      if (error instanceof RedisUnavailable) return work(postgres)
      throw error
    }
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
      storeClient: (this.#pool ??= getReportingPool(payload).openSidePool(MAX_CONNECTIONS)),
      storeType: 'pool',
    })
    const storeClient = durable ? null : this.#redis?.client
    const redis = storeClient
      ? new RateLimiterRedis({ ...limits, storeClient, rejectIfRedisNotReady: true })
      : null
    const limiters = { redis, postgres }
    this.#limiters.set(name, limiters)
    return limiters
  }
}

const truncateKey = (key: string) => key.slice(0, MAX_KEY_LENGTH)
const getRetrySeconds = ({ msBeforeNext }: RateLimiterRes) =>
  Math.max(1, Math.ceil(msBeforeNext / 1000))
