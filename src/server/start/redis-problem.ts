import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { describeNetworkError } from '../../domain/system-error.ts'

const TRIES = 3
const ANSWER_MS = 1_500
const PAUSE_MS = 500

/**
 * Explains why there is no Redis at a URL, without its password; null if one responds within a few
 * tries. Only a start is refused: if Redis becomes unavailable later, the server continues without
 * it (src/cache/redis-connection.ts).
 */
export async function findRedisProblem(url: string): Promise<string | null> {
  let reason = ''
  for (let turn = 0; turn < TRIES; turn++) {
    if (turn > 0) await sleep(PAUSE_MS)
    const error = await pingRedis(url)
    if (!error) return null
    reason = describeNetworkError(error)
  }
  return (
    `REDIS_URL points to ${new URL(url).host}, but no Redis responds there: ${reason}. ` +
    'Start it, correct REDIS_URL, or leave it empty: requests are then counted in PostgreSQL.'
  )
}

async function pingRedis(url: string): Promise<Error | null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    disconnectTimeout: 100,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  const errors: Error[] = []
  // an error of `connect` only states that the connection is closed
  redis.on('error', (error: Error) => errors.push(error))
  try {
    const late = sleep(ANSWER_MS, new Error(`it did not respond within ${ANSWER_MS / 1000} s`), {
      ref: false,
    })
    return await Promise.race([
      redis
        .connect()
        .then(() => redis.ping())
        .then(() => null),
      late,
    ])
  } catch (error) {
    const { message } = error as Error
    // it is available, and still loading its data
    return message.startsWith('LOADING') ? null : (errors[0] ?? (error as Error))
  } finally {
    redis.disconnect()
  }
}
