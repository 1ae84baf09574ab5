import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/with-transaction.ts'
import { SourceError } from '../domain/source.ts'

/** Any number of ours, the same for every process. */
const LOCK_KIND = 7_305_031
const POLL_MS = 150
const TIMEOUT_MS = 60_000

/** What is looked for first, and what is done by one alone where it is not there. */
export type Flight<Value> = { find: () => Promise<Value | null>; work: () => Promise<Value> }

/** Works, each done once at a time over all processes. */
export type SingleFlight = <Value>(
  pool: Pool,
  name: string,
  flight: Flight<Value>,
) => Promise<Value>

/**
 * Does a work of one name once at a time over all processes: whoever comes meanwhile waits and
 * finds what the first one kept. When the first one fails, the next one works; a process that dies
 * lets go. Who works holds a connection, so that `most` work at once in this process, and the
 * others wait without one. Throws SourceError after `patienceMs` of waiting.
 */
export function createSingleFlight({
  most: max = 2,
  patienceMs: timeoutMs = TIMEOUT_MS,
} = {}): SingleFlight {
  let running = 0
  const runLocked = async <Value>(
    pool: Pool,
    name: string,
    { find, work }: Flight<Value>,
  ): Promise<Value | null> => {
    if (running >= max) return null
    running += 1
    try {
      return await withLock(pool, name, async () => (await find()) ?? (await work()))
    } finally {
      running -= 1
    }
  }
  return async (pool, name, flight) => {
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(POLL_MS)) {
      const found = (await flight.find()) ?? (await runLocked(pool, name, flight))
      if (found !== null) return found
    }
    throw new SourceError(
      'unavailable',
      `Other requests have been working on ${name} for ${timeoutMs / 1_000} s.`,
    )
  }
}

/** Null when somebody else is at it. */
async function withLock<Value>(
  pool: Pool,
  name: string,
  work: () => Promise<Value>,
): Promise<Value | null> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, $2)) as mine',
      [name, LOCK_KIND],
    )
    if (!rows[0]?.mine) return null
    try {
      return await work()
    } finally {
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, $2))', [name, LOCK_KIND])
        .catch((error: Error) => (broken = error))
    }
  } finally {
    client.release(broken)
  }
}
