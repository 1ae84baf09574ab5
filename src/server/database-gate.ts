import type { DatabaseWatch } from '../database/watch.ts'
import { refusal } from './refusal.ts'

type Handle = (request: Request) => Promise<Response>

/**
 * Answers 503 while the database is away, and instead of every answer that was made while it went: a lookup that fails half-way makes
 * Payload take a signed-in user for nobody, which would read as 401, 403 or somebody else's view. A write that succeeded stays told.
 */
export function gated(watch: DatabaseWatch, handle: Handle): Handle {
  return async (request) => {
    if (!watch.up) return away()
    const losses = watch.losses
    const leaving = untilAway(watch)
    const answer = handle(request)
    answer.catch(() => undefined)
    const response = await Promise.race([answer, leaving.away]).finally(leaving.forget)
    if (response === null) return away()
    const told = response.ok && !['GET', 'HEAD'].includes(request.method)
    if (watch.losses === losses || told) return response
    await response.body?.cancel()
    return away()
  }
}

/** The answer while the database is away. */
export function away(): Response {
  return refusal(503, 'The database is away for a moment. Try again in a second.', { 'retry-after': '1' })
}

function untilAway(watch: DatabaseWatch): { away: Promise<null>; forget: () => void } {
  let forget = () => {}
  const away = new Promise<null>((resolve) => {
    const leave = () => resolve(null)
    watch.once('away', leave)
    forget = () => watch.off('away', leave)
  })
  return { away, forget }
}
