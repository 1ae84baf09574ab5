import { Redis } from 'ioredis'
import type { Payload } from 'payload'
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { postgresOf } from '../database/transaction.ts'

/** How many times in how many seconds. */
export type Limit = Readonly<{ most: number; seconds: number }>

type Limits = { keyPrefix: string; points: number; duration: number }

const REDIS_PATIENCE_MS = 250
const LONGEST_KEY = 200

/**
 * Counts what may be done so many times, over every process together: in Redis where there is one, in PostgreSQL while there is none or
 * it does not answer. Made once with the configuration; `name` says what is counted, and always goes with the same limit.
 */
export class Counters {
  readonly #redisUrl: string | undefined
  #redis: Redis | null = null
  readonly #limiters = new Map<string, RateLimiterAbstract>()

  constructor(redisUrl: string | undefined) {
    this.#redisUrl = redisUrl
  }

  /**
   * Takes one of the times that a key has; null when it had one, else the seconds until it has. What a key without any asks is only
   * read: however many ask at once, none waits for the lock of its row.
   */
  async spend(payload: Payload, name: string, limit: Limit, key: string): Promise<number | null> {
    const limiter = this.#limiter(payload, name, limit)
    const known = await limiter.get(cut(key))
    if (known && known.consumedPoints >= limit.most && known.msBeforeNext > 0) return secondsOf(known)
    try {
      await limiter.consume(cut(key))
      return null
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return secondsOf(refused)
      throw refused
    }
  }

  /** Gives a key everything back. */
  async forget(payload: Payload, name: string, limit: Limit, key: string): Promise<void> {
    await this.#limiter(payload, name, limit).delete(cut(key))
  }

  /** Gives a key back one that it took. */
  async giveBack(payload: Payload, name: string, limit: Limit, key: string): Promise<void> {
    await this.#limiter(payload, name, limit).reward(cut(key))
  }

  /** Lets go of Redis. */
  async close(): Promise<void> {
    this.#redis?.disconnect()
  }

  #limiter(payload: Payload, name: string, { most, seconds }: Limit): RateLimiterAbstract {
    const known = this.#limiters.get(name)
    if (known) return known
    const limits = { keyPrefix: name, points: most, duration: seconds }
    const table = { tableName: 'sign_in_tries', tableCreated: true, clearExpiredByTimeout: this.#limiters.size === 0 }
    const postgres = new RateLimiterPostgres({ ...limits, ...table, storeClient: postgresOf(payload).pool })
    const limiter = this.#redisUrl ? this.#inRedis(payload, this.#redisUrl, limits, postgres) : postgres
    this.#limiters.set(name, limiter)
    return limiter
  }

  #inRedis(payload: Payload, url: string, limits: Limits, insuranceLimiter: RateLimiterPostgres) {
    const storeClient = (this.#redis ??= connect(payload, url))
    return new RateLimiterRedis({ ...limits, storeClient, rejectIfRedisNotReady: true, insuranceLimiter })
  }
}

function connect({ logger }: Payload, url: string): Redis {
  const redis = new Redis(url, { commandTimeout: REDIS_PATIENCE_MS, enableOfflineQueue: false, maxRetriesPerRequest: 0 })
  let told = false
  redis.on('error', (error: Error) => {
    if (!told) logger.warn({ err: error, msg: 'Redis does not answer: tries and requests are counted in PostgreSQL meanwhile.' })
    told = true
  })
  redis.on('ready', () => (told = false))
  return redis
}

const cut = (key: string) => key.slice(0, LONGEST_KEY)
const secondsOf = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000))

/** The counters that a configuration was made with. */
export const countersOf = ({ config }: Pick<Payload, 'config'>): Counters => config.custom['counters'] as Counters
