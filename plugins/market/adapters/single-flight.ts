import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/with-transaction.ts'
import { SourceError } from '../domain/source.ts'

/** The arbitrary lock class of single flights, the same in every process. */
const LOCK_KIND = 7_305_031
const POLL_MS = 150
const TIMEOUT_MS = 60_000

/** A piece of work: `find` looks for a stored result; `work` runs if there is none. */
export type Flight<Value> = { find: () => Promise<Value | null>; work: () => Promise<Value> }

/** Runs each piece of work once at a time across all processes. */
export type SingleFlight = <Value>(
  pool: Pool,
  name: string,
  flight: Flight<Value>,
) => Promise<Value>

/**
 * Runs work of the same name once at a time across all processes: concurrent callers wait and use
 * the stored result of the first. If it fails, the next caller does the work; a crashed process
 * releases its lock. Each running call holds a connection, so at most `max` calls run in this
 * process, and the others wait without one. Throws SourceError after `timeoutMs` milliseconds.
 */
export function createSingleFlight({ max = 2, timeoutMs = TIMEOUT_MS } = {}): SingleFlight {
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

/** Runs `work` under the lock. Returns null if another process holds it. */
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
