import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Payload } from 'payload'
import { waitAtMost } from './wait-at-most.ts'

declare module '../services.ts' {
  interface Services {
    /** Null if Redis is not configured. */
    redis: RedisConnection | null
  }
}

type Logger = Pick<Payload['logger'], 'warn' | 'info'>
type Prepare = (redis: Redis) => Promise<unknown>

/** How long an operation may take before the connection counts as broken. */
const OPERATION_MS = 100
/** How long a command of ioredis itself may take, such as signing in. */
const HANDSHAKE_MS = 1_000
const RETRY_MS = 250
const START_MS = 1_000

/** An operation that Redis did not complete: it is not connected, or the connection broke. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable'
}

/**
 * The one connection of a process to Redis, for everything that works without Redis, too. An
 * operation that fails or takes longer than 100 ms closes it: nobody waits for Redis again until a
 * new connection has responded, which is tried four times a second in the background. Commands
 * are never sent a second time.
 */
export class RedisConnection {
  readonly #url: string
  #redis: Redis | null = null
  /** Whether the current connection takes commands; `#isUp` if it was also prepared. */
  #isOpen = false
  #isUp = false
  /** Counts connections: a late failure of an earlier one must not close the current one. */
  #generation = 0
  #prepare: Prepare = (redis) => redis.ping()

  constructor(url: string) {
    this.#url = url
  }

  /** Whether operations are possible now. */
  get isUp(): boolean {
    return this.#isUp
  }

  /** Runs with each new connection, before operations are possible. */
  onConnect(prepare: Prepare): void {
    this.#prepare = prepare
  }

  /** Connects in the background, once. */
  connect(logger: Logger): void {
    if (this.#redis) return
    const redis = new Redis(this.#url, {
      protocol: 2,
      connectTimeout: HANDSHAKE_MS,
      commandTimeout: HANDSHAKE_MS,
      disconnectTimeout: OPERATION_MS,
      retryStrategy: () => RETRY_MS,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      enableReadyCheck: false,
      autoResendUnfulfilledCommands: false,
      disableClientInfo: true,
    })
    this.#redis = redis
    const log = createOutageLog(logger)
    redis.on('error', log.recordFailure)
    redis.on('close', () => {
      this.#isOpen = this.#isUp = false
      log.recordFailure(new Error('The connection was closed.'))
    })
    redis.on('ready', () => void this.#prepareConnection(redis, log.recordRecovery))
  }

  /** Waits for the first connection, for a second at most. */
  async waitUntilUp(): Promise<void> {
    const deadline = Date.now() + START_MS
    while (this.#redis && !this.#isUp && Date.now() < deadline) await sleep(5)
  }

  /** Runs an operation. Throws RedisUnavailable at once while there is no connection. */
  async run<Value>(work: (redis: Redis) => Promise<Value>): Promise<Value> {
    if (!this.#redis || !this.#isUp) throw new RedisUnavailable('Redis is not connected.')
    return this.#attempt(this.#redis, work)
  }

  /** The same, also while `onConnect` still prepares the connection. */
  async runUnprepared<Value>(work: (redis: Redis) => Promise<Value>): Promise<Value> {
    if (!this.#redis || !this.#isOpen) throw new RedisUnavailable('Redis is not connected.')
    return this.#attempt(this.#redis, work)
  }

  /** The client, for libraries that send commands themselves within `run`. */
  get client(): Redis | null {
    return this.#redis
  }

  /** Closes the connection for good. */
  close(): void {
    this.#isOpen = this.#isUp = false
    this.#redis?.removeAllListeners('close').disconnect()
  }

  async #attempt<Value>(redis: Redis, work: (redis: Redis) => Promise<Value>): Promise<Value> {
    const generation = this.#generation
    try {
      return await waitAtMost(OPERATION_MS, work(redis))
    } catch (error) {
      if (this.#isCurrent(generation)) {
        this.#isOpen = this.#isUp = false
        redis.disconnect(true)
      }
      throw new RedisUnavailable('Redis did not complete an operation.', { cause: error })
    }
  }

  async #prepareConnection(redis: Redis, onUp: () => void): Promise<void> {
    const generation = ++this.#generation
    this.#isOpen = true
    try {
      await this.#attempt(redis, this.#prepare)
    } catch (error) {
      if (error instanceof RedisUnavailable) return
      throw error
    }
    if (!this.#isCurrent(generation)) return
    this.#isUp = true
    onUp()
  }

  #isCurrent(generation: number): boolean {
    return generation === this.#generation && this.#isOpen
  }
}

/** Logs the beginning and the end of an outage, each once. */
function createOutageLog(logger: Logger) {
  let isDown = false
  return {
    recordFailure: (error: Error) => {
      if (!isDown)
        logger.warn({
          err: error,
          msg:
            'Redis is not responding. Until it does, requests are counted in PostgreSQL and ' +
            'nothing is cached there.',
        })
      isDown = true
    },
    recordRecovery: () => {
      if (isDown) logger.info('Redis is responding again.')
      isDown = false
    },
  }
}
