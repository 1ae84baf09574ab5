import type { WriteTracker } from './request-writes.ts'
import type { DatabaseWatch } from './watch.ts'

/** The database of a process, as its requests observe it. */
export type ObservedDatabase = { watch: DatabaseWatch; writes: WriteTracker }

/**
 * Runs `work` for a request, with a function that tells whether, since then, the database was
 * unavailable, a connection broke, or a statement of this request got no connection. An error may
 * then be due to that, and so may an answer: Payload treats a user that it could not look up as
 * anonymous.
 */
export function observeOutage<Value>(
  { watch, writes: tracker }: ObservedDatabase,
  work: (wasUnavailable: () => boolean) => Value,
): Value {
  const { disconnects } = watch
  return tracker.track((writes) =>
    work(() => !watch.up || watch.disconnects !== disconnects || writes.broken > 0),
  )
}
