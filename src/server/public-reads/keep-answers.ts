import type { Cache } from '../../cache/cache.ts'
import type { PublicRead } from './address.ts'
import type { Answer } from './answer.ts'
import { type Changes, tableOf } from './changes.ts'

/** Makes an answer; null when there is none that could be kept. */
export type Fill = () => Promise<Answer | null>

/**
 * The kept answer to a read, or a new one that is kept from then on. Many who ask at once wait for one fill. An answer that was made
 * while its table changed is given to those who had asked, and not kept: who asks after the change waits for another fill.
 */
export function keepAnswers(cache: Cache<Answer>, changes: Changes): (read: PublicRead, fill: Fill) => Promise<Answer | null> {
  const flights = new Map<string, Promise<Answer | null>>()
  return async ({ slug, key }, fill) => {
    const kept = await cache.get(key)
    if (kept) return kept
    const table = tableOf(slug)
    const version = changes.version(table)
    const flight = `${version} ${key}`
    const flying = flights.get(flight)
    if (flying) return flying
    const filled = fill().then(async (answer) => {
      if (answer && changes.heard && changes.version(table) === version) await cache.set(key, answer, table)
      return answer
    })
    const landed = filled.finally(() => flights.delete(flight))
    flights.set(flight, landed)
    return landed
  }
}
