import { type CommitFailed, NOT_KNOWN } from '../database/commit.ts'
import type { RequestWrites, WriteTracker } from '../database/request-writes.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import { refusal } from './refusal.ts'

type Handle = (request: Request) => Promise<Response>
type Database = { watch: DatabaseWatch; writes: WriteTracker }

/**
 * Answers 503 while the database is away, and instead of every answer that was made while it went: a lookup that fails half-way makes
 * Payload treat a signed-in user as anonymous, which would give a 401, a 403 or the public view.
 *
 * A successful write keeps its answer if the database confirmed it and the request met no broken connection. If a write of the request was
 * stored or may have been, the 503 says so; otherwise the request may be repeated.
 */
export function gated({ watch, writes: tracker }: Database, handle: Handle): Handle {
  const answerTo = async (request: Request, writes: RequestWrites): Promise<Response> => {
    if (!watch.up) return away()
    const losses = watch.losses
    const leaving = untilAway(watch)
    const answer = handle(request)
    answer.catch(() => undefined)
    const response = await Promise.race([answer, leaving.away]).finally(leaving.forget)
    if (response === null) {
      writes.abandon()
      return interrupted(writes)
    }
    if (response.status === 503 || (watch.losses === losses && writes.broken === 0)) return response
    const isWrite = !['GET', 'HEAD'].includes(request.method)
    if (isWrite && response.ok && writes.confirmed > 0 && writes.broken === 0) return response
    await response.body?.cancel()
    return interrupted(writes)
  }
  return async (request) => withRetryAfter(await tracker.track((writes) => answerTo(request, writes)))
}

/** The answer while the database is away. */
export function away(): Response {
  return refusal(503, 'The database is away for a moment. Try again in a second.', RETRY)
}

/** The answer to a request whose COMMIT failed outside of Payload's handlers. */
export function commitFailure({ message, outcome, status }: CommitFailed): Response {
  return refusal(status, message, outcome === 'unknown' ? RETRY : {})
}

const RETRY = { 'retry-after': '1' }

/** The answer to a request during which the database became unavailable. */
const interrupted = (writes: RequestWrites): Response => (writes.mayBeKept ? refusal(503, NOT_KNOWN, RETRY) : away())

function withRetryAfter(response: Response): Response {
  if (response.status === 503 && !response.headers.has('retry-after')) response.headers.set('retry-after', RETRY['retry-after'])
  return response
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
