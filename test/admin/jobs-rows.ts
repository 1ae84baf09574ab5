import { randomUUID } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import type { TestForecourt } from '../support/forecourt.ts'

const MINUTE = 60_000

/** The row of a job in the table of all jobs, with what is under it. */
export const rowOf = (page: Page, job: string) =>
  page.locator('.job-table tbody', { has: page.getByText(job, { exact: true }) })

export const sectionOf = (page: Page, name: string) => page.getByRole('region', { name })

/** How wide the bars of these runs are drawn, in pixels, the narrowest first. */
export async function widthsOf(runs: Locator): Promise<number[]> {
  const widths = await runs
    .locator('.timeline__bar')
    .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().width))
  return widths.sort((one, other) => one - other)
}

/**
 * A run that is over, as the engine would have left it: so many minutes ago, for so long. The spec
 * says what it is about.
 */
type Past = {
  job: string
  minutesAgo: number
  seconds?: number
  error?: string
  dead?: boolean
  attempt?: number
}

/** Puts runs into the history. Answers their ids. */
export async function savePast({ sql }: TestForecourt, runs: readonly Past[]): Promise<string[]> {
  const now = Date.now()
  const ids: string[] = []
  for (const { job, minutesAgo, seconds = 4, error = null, dead = false, attempt = 1 } of runs) {
    const startedAt = new Date(now - minutesAgo * MINUTE)
    const { rows } = await sql(
      `insert into job_history (job_name, job_id, status, started_at, completed_at, duration_ms,
        error, dead, attempt, worker, input)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'a worker of a spec', '{}') returning id`,
      [
        job,
        randomUUID(),
        error ? 'failure' : 'success',
        startedAt,
        new Date(startedAt.getTime() + seconds * 1000),
        seconds * 1000,
        error,
        dead,
        attempt,
      ],
    )
    ids.push(String(rows[0]?.id))
  }
  return ids
}

/** A week at a dealership: what runs often, what runs at night, and what did not go well. */
export function aWeek(): Past[] {
  const often = Array.from({ length: 60 }, (_, turn) => ({
    job: 'send-mail',
    minutesAgo: 30 + turn * 97,
    seconds: 1.2,
  }))
  const nightly = Array.from({ length: 7 }, (_, night) => ({
    job: 'prune-history',
    minutesAgo: 600 + night * 1440,
    seconds: 340,
  }))
  const sweeps = Array.from({ length: 28 }, (_, turn) => ({
    job: 'prune-sessions',
    minutesAgo: 200 + turn * 360,
    seconds: 22,
  }))
  const refused = 'Error: The mail server refused this mail.\nCaused by: Error: 550 no such mailbox'
  const gone =
    'GiveUp: The lot of Northside Motors can’t be read.\nCaused by: Error: The page answered ' +
    'with status 403.'
  return [
    ...often,
    ...nightly,
    ...sweeps,
    { job: 'send-mail', minutesAgo: 75, seconds: 30, error: refused, attempt: 1 },
    { job: 'send-mail', minutesAgo: 410, seconds: 20, error: refused, attempt: 2 },
    { job: 'read-competitor-lots', minutesAgo: 900, seconds: 5400 },
    {
      job: 'read-competitor-lots',
      minutesAgo: 260,
      seconds: 1900,
      error: gone,
      dead: true,
      attempt: 3,
    },
  ]
}
