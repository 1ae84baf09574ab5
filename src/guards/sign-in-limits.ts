import { Redis } from 'ioredis'
import type { Payload } from 'payload'
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { postgresOf } from '../database/transaction.ts'
import { PasswordPace } from './password-pace.ts'

/** How many tries an account and an address have in a quarter of an hour. */
export const TRIES = { account: 10, address: 100, seconds: 15 * 60 } as const

/** Whether a try may go on; else whose tries are used up, and how many seconds until there are new ones. */
export type Verdict = { free: true } | { free: false; spent: 'account' | 'address'; seconds: number }

const REDIS_PATIENCE_MS = 250

type Limiters = { account: RateLimiterAbstract; address: RateLimiterAbstract }

/**
 * Counts tries to sign in, over every way in and every process together: in Redis where there is one, in PostgreSQL while there is none or
 * it does not answer. Made once with the configuration.
 */
export class SignInLimits {
  /** How long a look at a password takes. */
  readonly pace = new PasswordPace()
  readonly #redisUrl: string | undefined
  #redis: Redis | null = null
  #limiters: Limiters | null = null

  constructor(redisUrl: string | undefined) {
    this.#redisUrl = redisUrl
  }

  /** Counts a try at an account, as it is called in the table, from an address. */
  async take(payload: Payload, account: string, address: string): Promise<Verdict> {
    const limiters = this.#of(payload)
    const fromThere = await spend(limiters.address, address)
    if (fromThere !== null) return { free: false, spent: 'address', seconds: fromThere }
    const atAccount = await spend(limiters.account, account)
    return atAccount === null ? { free: true } : { free: false, spent: 'account', seconds: atAccount }
  }

  /** A try that succeeded: the account has all of its own again, the address the one that it took. */
  async forgive(payload: Payload, account: string, address: string | null): Promise<void> {
    const limiters = this.#of(payload)
    await limiters.account.delete(account)
    if (address !== null) await limiters.address.reward(address)
  }

  /** Lets go of Redis. */
  async close(): Promise<void> {
    this.#redis?.disconnect()
  }

  #of(payload: Payload): Limiters {
    this.#limiters ??= { account: this.#limiter(payload, 'account'), address: this.#limiter(payload, 'address') }
    return this.#limiters
  }

  #limiter(payload: Payload, kind: 'account' | 'address'): RateLimiterAbstract {
    const limits = { keyPrefix: `sign-in:${kind}`, points: TRIES[kind], duration: TRIES.seconds }
    const table = { tableName: 'sign_in_tries', tableCreated: true, clearExpiredByTimeout: kind === 'account' }
    const postgres = new RateLimiterPostgres({ ...limits, ...table, storeClient: postgresOf(payload).pool })
    if (!this.#redisUrl) return postgres
    const storeClient = (this.#redis ??= this.#connect(payload, this.#redisUrl))
    return new RateLimiterRedis({ ...limits, storeClient, rejectIfRedisNotReady: true, insuranceLimiter: postgres })
  }

  #connect({ logger }: Payload, url: string): Redis {
    const redis = new Redis(url, { commandTimeout: REDIS_PATIENCE_MS, enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    let told = false
    redis.on('error', (error: Error) => {
      if (!told) logger.warn({ err: error, msg: 'Redis does not answer: tries to sign in are counted in PostgreSQL meanwhile.' })
      told = true
    })
    redis.on('ready', () => (told = false))
    return redis
  }
}

/** Takes one of its tries from a key; null when it had one, else the seconds until it has. */
async function spend(limiter: RateLimiterAbstract, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw refused
  }
}

/** The limits that a configuration was made with. */
export const signInLimitsOf = ({ config }: Pick<Payload, 'config'>): SignInLimits => config.custom['signInLimits'] as SignInLimits
