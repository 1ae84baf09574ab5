import type { Cache } from '../../cache/cache.ts'
import type { PublicRead } from './address.ts'
import type { PublicAnswer } from './answer.ts'
import { type ChangeTracker, toTableName } from './changes.ts'

/** Creates a response; null if there is none that may be cached. */
export type Fill = () => Promise<PublicAnswer | null>

/**
 * Returns a function that gets the response to a read from the cache, or creates and caches it.
 * Concurrent requests wait for the same response. A response that was created while its table
 * changed is sent to the requests that came before the change, and not cached; later requests wait
 * for a new one.
 */
export function createAnswerCache(
  cache: Cache<PublicAnswer>,
  changes: ChangeTracker,
): (read: PublicRead, fill: Fill) => Promise<PublicAnswer | null> {
  const inFlight = new Map<string, Promise<PublicAnswer | null>>()
  return async ({ slug, key }, fill) => {
    const cached = await cache.get(key)
    if (cached) return cached
    const table = toTableName(slug)
    const version = changes.version(table)
    const flightKey = `${version} ${key}`
    const pending = inFlight.get(flightKey)
    if (pending) return pending
    const filled = fill().then(async (answer) => {
      if (answer && changes.isListening && changes.version(table) === version)
        await cache.set(key, answer, table)
      return answer
    })
    const request = filled.finally(() => inFlight.delete(flightKey))
    inFlight.set(flightKey, request)
    return request
  }
}
