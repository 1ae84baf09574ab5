import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../database/with-transaction.ts'

/**
 * A held slot. `release` starts the gap: the next request to the server is allowed `gapMs` later,
 * or at the end of a pause. Only the first call counts, and none does if the lease has expired.
 */
export type Slot = { release: (gapMs: number) => Promise<void> }

/** A request for the slot of a server. */
export type SlotRequest = {
  /** The origin of a site, or the name of an API such as `auto.dev`. */
  server: string
  /** The time after which a slot that was not released belongs to a crashed process. */
  leaseMs: number
  /** The maximum wait for a gap or a pause. */
  maxPauseMs?: number
  /** The maximum wait in all, also for other requests. */
  maxWaitMs?: number
  signal: AbortSignal
}

/** The rate limits of external servers, shared by all processes that use the same database. */
export type Pacing = {
  /**
   * Resolves with the slot of a server when it is free. Throws SlotUnavailable if the wait would be
   * too long, and the signal's reason.
   */
  acquireSlot: (request: SlotRequest) => Promise<Slot>
  /** Blocks all requests to a server for this many seconds. Never shortens an earlier pause. */
  pause: (server: string, seconds: number) => Promise<void>
}

/**
 * The slot of a server is too far away to wait for. `waitMs` is the time until it is free; null if
 * other requests hold it.
 */
export class SlotUnavailable extends Error {
  override readonly name = 'SlotUnavailable'
  readonly waitMs: number | null
  constructor(server: string, waitMs: number | null) {
    super(`The next request to ${server} is not allowed yet.`)
    this.waitMs = waitMs
  }
}

/** The poll interval for a slot that another request holds: doubles from the first to the last. */
const [MIN_POLL_MS, MAX_POLL_MS] = [20, 250]

/**
 * Creates the pacing that keeps slots in `request_slots`, by the database clock. A slot is held by
 * one request at a time; after its release, the next one waits for the gap.
 */
export function createPacing(pool: Pick<Pool, 'query'>): Pacing {
  const acquireSlot: Pacing['acquireSlot'] = async ({
    server,
    leaseMs,
    maxPauseMs = Infinity,
    maxWaitMs = Infinity,
    signal,
  }) => {
    const holder = randomUUID()
    const deadline = performance.now() + maxWaitMs
    for (let pollMs = MIN_POLL_MS; ; pollMs = Math.min(2 * pollMs, MAX_POLL_MS)) {
      signal.throwIfAborted()
      const taken = await pool.query(TAKE, [server, holder, leaseMs])
      if (taken.rowCount === 1) return createSlot(pool, server, holder)
      const { freeInMs, isHeld } = await loadAvailability(pool, server)
      if (freeInMs > maxPauseMs || performance.now() + freeInMs > deadline)
        throw new SlotUnavailable(server, freeInMs > 0 ? freeInMs : null)
      const waitMs = Math.max(isHeld ? pollMs : 1, freeInMs)
      await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    }
  }
  return {
    acquireSlot,
    pause: async (server, seconds) => void (await pool.query(PAUSE, [server, seconds])),
  }
}

function createSlot(pool: Pick<Pool, 'query'>, server: string, holder: string): Slot {
  let isReleased = false
  return {
    release: async (gapMs) => {
      if (isReleased) return
      isReleased = true
      await pool.query(RELEASE, [server, holder, gapMs])
    },
  }
}

const TAKE = `insert into request_slots as slot (server, next_free_at, holder, held_until)
    values ($1, clock_timestamp(), $2, clock_timestamp() + $3 * interval '1 ms')
  on conflict (server) do update
    set holder = $2, held_until = clock_timestamp() + $3 * interval '1 ms'
    where slot.next_free_at <= clock_timestamp()
      and (slot.holder is null or slot.held_until <= clock_timestamp())`

const RELEASE = `update request_slots set holder = null, held_until = null,
    next_free_at = greatest(clock_timestamp() + $3 * interval '1 ms', paused_until)
  where server = $1 and holder = $2`

const AVAILABILITY = `select
    ceil(extract(epoch from next_free_at - clock_timestamp()) * 1000)::float8 as free,
    coalesce(held_until > clock_timestamp(), false) as held
  from request_slots where server = $1`

const PAUSE = `insert into request_slots as slot (server, next_free_at, paused_until)
    values ($1, clock_timestamp() + $2 * interval '1 s', clock_timestamp() + $2 * interval '1 s')
  on conflict (server) do update set
    next_free_at = greatest(slot.next_free_at, excluded.next_free_at),
    paused_until = greatest(slot.paused_until, excluded.paused_until)`

/** Returns the milliseconds until the gap and any pause are over, and whether the slot is held. */
async function loadAvailability(
  pool: Pick<Pool, 'query'>,
  server: string,
): Promise<{ freeInMs: number; isHeld: boolean }> {
  const { rows } = await pool.query<{ free: number; held: boolean }>(AVAILABILITY, [server])
  const [row] = rows
  return { freeInMs: Math.max(0, row?.free ?? 0), isHeld: row?.held ?? false }
}
