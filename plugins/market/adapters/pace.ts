import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from '../../../src/database/in-transaction.ts'
import { SourceTrouble } from '../domain/source.ts'

/** When a source may be asked, over all processes that share the database. */
export type Pace = {
  /** Resolves when it is our turn. Throws SourceTrouble when that is too far away to wait for. */
  turn: (signal: AbortSignal) => Promise<void>
  /** Nobody asks for so many seconds from now. */
  pause: (seconds: number) => Promise<void>
}

/** Longer than this nobody waits in the middle of a run: it comes back later, and begins anew. */
const PATIENCE_MS = 15_000
/** So many gaps are waited for even so: a run that asks more than once would never get further otherwise. */
const PATIENCE_GAPS = 3

/**
 * Turns are `gapMs` apart. Each one is taken in a single statement on one row, so that two processes never have the same; its clock is
 * the database's. Who waits for a turn while another hears that the source wants to be left alone gives the turn up.
 */
export function paceOf(pool: Pick<Pool, 'query'>, source: string, gapMs: number): Pace {
  const turn = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      signal.throwIfAborted()
      const { rows } = await pool.query<{ wait: number }>(TAKE_TURN, [
        source,
        gapMs,
        Math.max(PATIENCE_MS, PATIENCE_GAPS * gapMs),
      ])
      const wait = rows[0]?.wait
      if (wait === undefined) throw await tooFarAway(pool, source)
      if (wait > 0) await sleep(wait, undefined, { signal })
      const paused = await pool.query('select from source_paces where source = $1 and paused_until > clock_timestamp()', [source])
      if (paused.rowCount === 0) return
    }
  }
  return { turn, pause: async (seconds) => void (await pool.query(PAUSE, [source, seconds])) }
}

const TAKE_TURN = `insert into source_paces as pace (source, free_at) values ($1, clock_timestamp() + $2 * interval '1 ms')
  on conflict (source) do update set free_at = greatest(pace.free_at, clock_timestamp()) + $2 * interval '1 ms'
    where pace.free_at <= clock_timestamp() + $3 * interval '1 ms'
  returning greatest(0, ceil(extract(epoch from free_at - clock_timestamp()) * 1000 - $2))::float8 as wait`

const PAUSE = `insert into source_paces as pace (source, free_at, paused_until)
    values ($1, clock_timestamp() + $2 * interval '1 s', clock_timestamp() + $2 * interval '1 s')
  on conflict (source) do update set free_at = greatest(pace.free_at, excluded.free_at),
    paused_until = greatest(pace.paused_until, excluded.paused_until)`

async function tooFarAway(pool: Pick<Pool, 'query'>, source: string): Promise<SourceTrouble> {
  const { rows } = await pool.query<{ wait: number }>(
    'select ceil(extract(epoch from free_at - clock_timestamp()))::float8 as wait from source_paces where source = $1',
    [source],
  )
  const waitSeconds = Math.max(1, rows[0]?.wait ?? 1)
  return new SourceTrouble('queued', `${source} may be asked again in ${waitSeconds} s.`, { waitSeconds })
}
