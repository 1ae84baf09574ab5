import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/in-transaction.ts'

/** Any number of ours, the same for every process. */
const LOCK_KIND = 7_305_031
const LOOK_AGAIN_MS = 150
const PATIENCE_MS = 60_000

/** What is looked for first, and what is done by one alone where it is not there. */
export type Flight<Value> = { look: () => Promise<Value | null>; work: () => Promise<Value> }

/**
 * Does a work of this name once at a time over all processes: whoever comes meanwhile waits and finds what the first one kept. Only who
 * works holds a connection. When the first one fails, the next one works; a process that dies lets go. Throws after a minute of waiting.
 */
export async function oneFlight<Value>(pool: Pool, name: string, { look, work }: Flight<Value>): Promise<Value> {
  for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience; await sleep(LOOK_AGAIN_MS)) {
    const there = (await look()) ?? (await alone(pool, name, async () => (await look()) ?? (await work())))
    if (there !== null) return there
  }
  throw new Error(`Somebody else has been at ${name} for a minute.`)
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
