import type { Pool } from '../../../src/database/with-transaction.ts'
import type { OriginStore } from '../domain/fetching.ts'

const POLL_INTERVAL_MS = 250

/**
 * Creates an origin store that keeps slots in `scrape_origins`, by the database clock: across all
 * machines, one worker at a time accesses an origin, and the next one only after the gap. The slot
 * of a crashed worker becomes free when its lease ends.
 */
export const createOriginStore = (pool: Pool): OriginStore => ({
  tryAcquire: async (origin, holder, lease) => {
    await pool.query('insert into scrape_origins (origin) values ($1) on conflict do nothing', [
      origin,
    ])
    const taken = await pool.query(
      `update scrape_origins set holder = $2, held_until = clock_timestamp() + make_interval(secs =>
        $3)
       where origin = $1 and next_free_at <= clock_timestamp() and (holder is null
         or held_until <= clock_timestamp())`,
      [origin, holder, lease / 1000],
    )
    if (taken.rowCount) return 0
    const { rows } = await pool.query<{ free: number; held: boolean }>(
      `select extract(epoch from next_free_at - clock_timestamp())::float8 * 1000 as free, holder is
        not null as held
       from scrape_origins where origin = $1`,
      [origin],
    )
    const [row] = rows
    return Math.max(row?.held ? POLL_INTERVAL_MS : 5, Math.ceil(row?.free ?? 0))
  },
  release: async (origin, holder, gap) => {
    await pool.query(
      `update scrape_origins set holder = null, held_until = null, next_free_at = clock_timestamp()
        + make_interval(secs => $3)
       where origin = $1 and holder = $2`,
      [origin, holder, gap / 1000],
    )
  },
  findRobots: async (origin) => {
    const { rows } = await pool.query<{ status: number; text: string }>(
      `select robots_status as status, coalesce(robots, '') as text from scrape_origins
        where origin = $1
       and robots_at > clock_timestamp() - case when robots_status >= 500 then interval '10 minutes'
       else interval '24 hours' end`,
      [origin],
    )
    return rows[0] ?? null
  },
  saveRobots: async (origin, { status, text }) => {
    await pool.query(
      `insert into scrape_origins (origin, robots_status, robots, robots_at)
        values ($1, $2, $3, clock_timestamp())
       on conflict (origin) do update set robots_status = $2, robots = $3, robots_at =
         clock_timestamp()`,
      [origin, status, text.replaceAll('\0', '')],
    )
  },
})
