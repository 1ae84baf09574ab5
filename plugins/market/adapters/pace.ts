import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/with-transaction.ts'
import { SourceError, type Slot } from '../domain/source.ts'

/** When a source may be asked, over all processes that share the database. */
export type Pace = {
  /**
   * Resolves when it is our turn, which nobody else has until `sent` is called: the gap to the next
   * turn begins at that moment. Throws SourceError when our turn is too far away to wait for.
   */
  acquireSlot: (signal: AbortSignal) => Promise<Slot>
  /** Nobody asks for so many seconds from now. */
  pause: (seconds: number) => Promise<void>
}

/** Longer than this nobody waits in the middle of a run: it comes back later, and begins anew. */
const MAX_WAIT_MS = 15_000
/**
 * So many gaps are waited for even so: a run that asks more than once would never get further
 * otherwise.
 */
const MAX_WAIT_GAPS = 3
/**
 * A turn that is held for longer than its gap and this belongs to a process that died: connecting
 * takes 10 s at most.
 */
const LEASE_MS = 15_000
/** How soon to look again at a turn that another holds. */
const POLL_MS = 20

/**
 * Turns are `gapMs` apart on the wire: the row of a source is free `gapMs` after the last request
 * was sent, by the database's clock, and held by one process until its request is sent, however
 * long it takes to connect. A caller that waits for a turn gives up when another one is told to
 * pause.
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
 * A turn in hand. A source that paused meanwhile stays paused; when a lease has ended, another has
 * the turn and nothing changes.
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
 * In how many milliseconds a source is free, at least 1, and for how many it is paused, 0 where it
 * is not.
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
