import type { Pool } from '../../../src/database/with-transaction.ts'
import type { RobotsStore } from '../domain/fetching.ts'

/**
 * Creates a store that keeps each robots.txt in `scrape_origins` for a day. One that could not be
 * read is requested again after ten minutes.
 */
export const createRobotsStore = (pool: Pick<Pool, 'query'>): RobotsStore => ({
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
