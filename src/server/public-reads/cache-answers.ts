import type { Cache } from '../../cache/cache.ts'
import { toTableName } from '../../cache/changes.ts'
import type { PublicRead } from './address.ts'
import type { PublicAnswer } from './answer.ts'

/** Creates a response; null if there is none that may be cached. */
export type Fill = () => Promise<PublicAnswer | null>

const SECONDS = 3_600

/**
 * Returns a function that gets the response to a read from the cache, or creates and caches it.
 * Concurrent requests wait for the same response. A response that was created while one of its
 * tables changed is sent to the requests that came before the change, and not cached; later
 * requests wait for a new one.
 */
export function createAnswerCache(
  cache: Cache<PublicAnswer>,
): (read: PublicRead, fill: Fill) => Promise<PublicAnswer | null> {
  const inFlight = new Map<string, Promise<PublicAnswer | null>>()
  return async ({ slug, key: field, route }, fill) => {
    const table = toTableName(slug)
    const { tables: tags, seconds } = route ?? { tables: [table], seconds: SECONDS }
    const entry = { key: { name: `public:${table}`, seconds }, field, tags }
    const { value, stamp } = await cache.get(entry)
    if (value) return value
    const flightKey = `${stamp} ${field}`
    const pending = inFlight.get(flightKey)
    if (pending) return pending
    const filled = fill().then(async (answer) => {
      if (answer && stamp !== null) await cache.set(entry, answer, stamp)
      return answer
    })
    const request = filled.finally(() => inFlight.delete(flightKey))
    inFlight.set(flightKey, request)
    return request
  }
}
