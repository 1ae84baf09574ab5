import type { Cache } from '../../cache/cache.ts'
import type { PublicRead } from './address.ts'
import type { PublicAnswer } from './answer.ts'
import { type ChangeTracker, toTableName } from './changes.ts'

/** Makes an answer; null when there is none that could be kept. */
export type Fill = () => Promise<PublicAnswer | null>

/**
 * The kept answer to a read, or a new one that is kept from then on. Many who ask at once wait for
 * one fill. An answer that was made while its table changed is given to those who had asked, and
 * not kept: who asks after the change waits for another fill.
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
