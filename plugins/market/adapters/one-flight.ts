import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/in-transaction.ts'
import { SourceError } from '../domain/source.ts'

/** Any number of ours, the same for every process. */
const LOCK_KIND = 7_305_031
const LOOK_AGAIN_MS = 150
const PATIENCE_MS = 60_000

/** What is looked for first, and what is done by one alone where it is not there. */
export type Flight<Value> = { look: () => Promise<Value | null>; work: () => Promise<Value> }

/** Works, each done once at a time over all processes. */
export type Flights = <Value>(pool: Pool, name: string, flight: Flight<Value>) => Promise<Value>

/**
 * Does a work of one name once at a time over all processes: whoever comes meanwhile waits and finds what the first one kept. When the
 * first one fails, the next one works; a process that dies lets go. Who works holds a connection, so that `most` work at once in this
 * process, and the others wait without one. Throws SourceTrouble after `patienceMs` of waiting.
 */
export function flights({ most = 2, patienceMs = PATIENCE_MS } = {}): Flights {
  let atWork = 0
  const worked = async <Value>(pool: Pool, name: string, { look, work }: Flight<Value>): Promise<Value | null> => {
    if (atWork >= most) return null
    atWork += 1
    try {
      return await alone(pool, name, async () => (await look()) ?? (await work()))
    } finally {
      atWork -= 1
    }
  }
  return async (pool, name, flight) => {
    for (const patience = Date.now() + patienceMs; Date.now() < patience; await sleep(LOOK_AGAIN_MS)) {
      const there = (await flight.look()) ?? (await worked(pool, name, flight))
      if (there !== null) return there
    }
    throw new SourceError('away', `Others have been at ${name} for ${patienceMs / 1_000} s.`)
  }
}

/** Null when somebody else is at it. */
async function alone<Value>(pool: Pool, name: string, work: () => Promise<Value>): Promise<Value | null> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtextextended($1, $2)) as mine', [
      name,
      LOCK_KIND,
    ])
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
