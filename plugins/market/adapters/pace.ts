import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/with-transaction.ts'
import { SourceError, type Slot } from '../domain/source.ts'

/** The rate limit of a source, shared by all processes that use the same database. */
export type Pace = {
  /**
   * Resolves with the next slot, which is exclusive until its `markSent` is called; the gap to the
   * next slot starts at that moment. Throws SourceError if the slot is too far away to wait for.
   */
  acquireSlot: (signal: AbortSignal) => Promise<Slot>
  /** Blocks all requests to the source for this many seconds. */
  pause: (seconds: number) => Promise<void>
}

/** The maximum wait for a slot within a run. Beyond it, the run ends and starts over later. */
const MAX_WAIT_MS = 15_000
/**
 * The minimum number of gaps to wait for, even beyond MAX_WAIT_MS: otherwise, a run with more than
 * one request would never finish.
 */
const MAX_WAIT_GAPS = 3
/**
 * The time beyond the gap after which a slot is considered abandoned by a crashed process.
 * Connecting takes at most 10 s.
 */
const LEASE_MS = 15_000
/** The poll interval for a slot that another process holds. */
const POLL_MS = 20

/**
 * Creates a pace in which requests are sent at least `gapMs` apart. The row of a source becomes
 * free `gapMs` after the last request was sent, by the database clock. One process holds the row
 * until its request is sent, however long connecting takes. A waiting caller gives up if another
 * caller pauses the source.
 */
export function createPace(pool: Pick<Pool, 'query'>, source: string, gapMs: number): Pace {
  const acquireSlot = async (signal: AbortSignal): Promise<Slot> => {
    const deadline = performance.now() + Math.max(MAX_WAIT_MS, MAX_WAIT_GAPS * gapMs)
    for (;;) {
      signal.throwIfAborted()
      const taken = await pool.query<{ mine: string }>(TAKE, [source, gapMs + LEASE_MS])
      const mine = taken.rows[0]?.mine
      if (mine !== undefined) return createSlot(pool, { source, gapMs, mine })
      const { free, paused } = await loadAvailability(pool, source)
      const isHeld = paused === 0 && free > gapMs
      if (performance.now() + (isHeld ? 0 : free) > deadline)
        throw buildQueuedError(source, isHeld ? gapMs : free)
      await sleep(isHeld ? POLL_MS : free, undefined, { signal })
    }
  }
  return {
    acquireSlot,
    pause: async (seconds) => void (await pool.query(PAUSE, [source, seconds])),
  }
}

/**
 * Creates an acquired slot. Marking it as sent does not shorten a pause that started in the
 * meantime, and changes nothing if the lease has expired and another process holds the slot.
 */
function createSlot(
  pool: Pick<Pool, 'query'>,
  { source, gapMs, mine }: { source: string; gapMs: number; mine: string },
): Slot {
  let isSent = false
  return {
    markSent: async () => {
      if (isSent) return
      isSent = true
      await pool.query(SENT, [source, gapMs, mine])
    },
  }
}

const TAKE = `insert into source_paces as pace (source, free_at)
  values ($1, clock_timestamp() + $2 * interval '1 ms')
  on conflict (source) do update set free_at = clock_timestamp() + $2 * interval '1 ms'
    where pace.free_at <= clock_timestamp()
  returning free_at::text as mine`

const SENT = `update source_paces set free_at = greatest(clock_timestamp() + $2 * interval '1 ms',
  paused_until)
  where source = $1 and free_at = $3::timestamptz`

const AVAILABILITY = `select ceil(extract(epoch from free_at - clock_timestamp()) * 1000)::float8 as
  free,
    ceil(extract(epoch from paused_until - clock_timestamp()) * 1000)::float8 as paused
  from source_paces where source = $1`

const PAUSE = `insert into source_paces as pace (source, free_at, paused_until)
    values ($1, clock_timestamp() + $2 * interval '1 s', clock_timestamp() + $2 * interval '1 s')
  on conflict (source) do update set free_at = greatest(pace.free_at, excluded.free_at),
    paused_until = greatest(pace.paused_until, excluded.paused_until)`

/**
 * Returns the milliseconds until a source is free, at least 1, and the remaining milliseconds of
 * its pause, or 0.
 */
async function loadAvailability(
  pool: Pick<Pool, 'query'>,
  source: string,
): Promise<{ free: number; paused: number }> {
  const { rows } = await pool.query<{ free: number; paused: number | null }>(AVAILABILITY, [source])
  return { free: Math.max(1, rows[0]?.free ?? 1), paused: Math.max(0, rows[0]?.paused ?? 0) }
}

function buildQueuedError(source: string, milliseconds: number): SourceError {
  const waitSeconds = Math.max(1, Math.ceil(milliseconds / 1000))
  return new SourceError('queued', `${source} accepts the next request in ${waitSeconds} s.`, {
    waitSeconds,
  })
}
