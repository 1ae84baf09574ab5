import { type CommitFailed, OUTCOME_UNKNOWN } from '../database/commit.ts'
import type { RequestWrites, WriteTracker } from '../database/request-writes.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import { buildRefusal } from '../api/errors/refusal.ts'

type Handle = (request: Request) => Promise<Response>
type Database = { watch: DatabaseWatch; writes: WriteTracker }

/**
 * Responds with 503 while the database is unavailable, and instead of every response that was
 * created while it became unavailable: a lookup that fails halfway makes Payload treat a signed-in
 * user as anonymous, which would give a 401, a 403 or the public view.
 *
 * A successful write keeps its response if the database confirmed it and the request met no broken
 * connection. If a write of the request was stored or may have been, the 503 reports that;
 * otherwise the request may be repeated.
 */
export function withDatabaseGate({ watch, writes: tracker }: Database, handle: Handle): Handle {
  const answerRequest = async (request: Request, writes: RequestWrites): Promise<Response> => {
    if (!watch.up) return createUnavailableResponse()
    const disconnects = watch.disconnects
    const outage = watchForOutage(watch)
    const answer = handle(request)
    answer.catch(() => undefined)
    const response = await Promise.race([answer, outage.promise]).finally(outage.dispose)
    if (response === null) {
      writes.abandon()
      return createInterruptedResponse(writes)
    }
    if (response.status === 503 || (watch.disconnects === disconnects && writes.broken === 0))
      return response
    const isWrite = !['GET', 'HEAD'].includes(request.method)
    if (isWrite && response.ok && writes.confirmed > 0 && writes.broken === 0) return response
    await response.body?.cancel()
    return createInterruptedResponse(writes)
  }
  return async (request) =>
    addRetryAfter(await tracker.track((writes) => answerRequest(request, writes)))
}

/** The response while the database is unavailable. */
export function createUnavailableResponse(): Response {
  return buildRefusal(503, 'The database is temporarily unavailable. Try again in a second.', RETRY)
}

/** The response to a request whose COMMIT failed outside of Payload's handlers. */
export function createCommitFailureResponse({ message, outcome, status }: CommitFailed): Response {
  return buildRefusal(status, message, outcome === 'unknown' ? RETRY : {})
}

const RETRY = { 'retry-after': '1' }

/** The response to a request during which the database became unavailable. */
const createInterruptedResponse = (writes: RequestWrites): Response =>
  writes.mayBeKept ? buildRefusal(503, OUTCOME_UNKNOWN, RETRY) : createUnavailableResponse()

function addRetryAfter(response: Response): Response {
  if (response.status === 503 && !response.headers.has('retry-after'))
    response.headers.set('retry-after', RETRY['retry-after'])
  return response
}

function watchForOutage(watch: DatabaseWatch): { promise: Promise<null>; dispose: () => void } {
  let forget = () => {}
  const away = new Promise<null>((resolve) => {
    const onOutage = () => resolve(null)
    watch.once('down', onOutage)
    forget = () => watch.off('down', onOutage)
  })
  return { promise: away, dispose: forget }
}
