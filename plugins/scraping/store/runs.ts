import type { RunSummary } from '../domain/health.ts'
import type { PageRequest } from '../domain/pages.ts'
import type { Changes, Run, RunFailure } from '../domain/runs.ts'
import type { UnreadCounts } from '../domain/unread-fields.ts'
import { saveRunOutcome } from './competitors.ts'
import { addRequests, hashRequest } from './frontier.ts'
import { formatInstantSql, type Row, type Sql } from './sql.ts'

/**
 * Returns the unfinished run of a competitor for the holder of its job to resume; otherwise creates
 * a run with these first pages. Fails a run that started more than a day ago, because the content
 * of its first pages is outdated, and one with another first page or platform, because the setup of
 * the competitor has changed.
 */
export async function openRun(
  sql: Sql,
  options: {
    competitor: string
    now: Date
    platform: string | null
    firstRequests: readonly PageRequest[]
  },
): Promise<Run> {
  const { competitor, now, platform, firstRequests } = options
  await sql(
    `update scrape_runs set state = 'failed', ended_at = $2, error_type = 'incomplete', error =
      'It did not finish within a day.'
     where competitor_id = $1 and state = 'fetching' and started_at < $2::timestamptz - interval
       '1 day'`,
    [competitor, now.toISOString()],
  )
  const [open] = await sql<{ id: string; platform: string | null; began: string }>(
    `select id, platform, (select url_key from scrape_requests where run_id = run.id
      order by scrape_requests.id limit 1) as began
     from scrape_runs run where competitor_id = $1 and state = 'fetching' for update`,
    [competitor],
  )
  if (
    open &&
    open.began === hashRequest(firstRequests[0] ?? { url: '' }) &&
    (platform ?? open.platform) === open.platform
  )
    return { id: open.id, platform: open.platform, resumed: true }
  if (open)
    await sql(
      `update scrape_runs set state = 'failed', ended_at = $2, error_type = 'incomplete',
        error = $3 where id = $1`,
      [open.id, now.toISOString(), 'The competitor’s setup was changed before the run finished.'],
    )
  const [row] = await sql<{ id: string }>(
    'insert into scrape_runs (competitor_id, started_at, platform) values ($1, $2, $3) ' +
      'returning id',
    [competitor, now.toISOString(), platform],
  )
  const id = row?.id ?? ''
  await addRequests(sql, id, firstRequests)
  return { id, platform, resumed: false }
}

/** Saves the platform that was detected for a run. */
export async function savePlatform(sql: Sql, run: string, platform: string): Promise<void> {
  await sql('update scrape_runs set platform = $2 where id = $1', [run, platform])
}

/** An arbitrary lock key, the same in every process. */
const SETTLEMENT_LOCK = 7_305_024

/**
 * Waits for the settlement lock: one run at a time is completed or decided, because cars move
 * between competitors. Every transaction takes this lock before any row lock, so that there are no
 * deadlocks.
 */
export async function lockSettlement(sql: Sql): Promise<void> {
  await sql(`select pg_advisory_xact_lock(${SETTLEMENT_LOCK})`)
}

/** How a run ended. `announced` is the number of cars that the site claims to have. */
export type RunEnding = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  announced: number | null
  complete: boolean
  unread: UnreadCounts
  changes: Changes | null
  failure: RunFailure | null
}

/** Saves how a run ended. Discards other runs of the competitor that are still quarantined. */
export async function endRun(
  sql: Sql,
  { competitor, run, at }: { competitor: string; run: string; at: Date },
  ended: RunEnding,
): Promise<void> {
  const { state, found, dropped, announced, complete, unread, changes, failure } = ended
  await sql(
    `update scrape_runs set state = 'discarded', decided_at = $3 where competitor_id = $1
      and state = 'quarantined' and id <> $2`,
    [competitor, run, at.toISOString()],
  )
  await sql(
    `update scrape_runs set state = $2, ended_at = $3, found = $4, dropped = $5, announced = $6,
      complete = $7, changes = $8::jsonb,
       error_type = $9, error = $10, unread = $11::jsonb where id = $1`,
    [
      run,
      state,
      at.toISOString(),
      found,
      dropped,
      announced,
      complete,
      changes && JSON.stringify(changes),
      failure?.type ?? null,
      failure?.message ?? null,
      JSON.stringify(unread),
    ],
  )
  if (state === 'applied') await sql('delete from scrape_found where run_id = $1', [run])
  await saveRunOutcome(sql, competitor, at, failure)
}

/** Ends a failed run. The known stock stays unchanged. */
export async function failRun(
  sql: Sql,
  { competitor, run, at }: { competitor: string; run: string | null; at: Date },
  { type, message }: RunFailure,
): Promise<void> {
  if (run !== null) {
    await sql(
      `update scrape_runs set state = 'failed', ended_at = $2, error_type = $3, error = $4
        where id = $1`,
      [run, at.toISOString(), type, message],
    )
    await sql('delete from scrape_found where run_id = $1', [run])
  }
  await saveRunOutcome(sql, competitor, at, { type, message })
}

/** Ends a quarantined run with the decision of `by`, and deletes what it found. */
export async function saveDecision(
  sql: Sql,
  run: string,
  state: 'applied' | 'discarded',
  by: string | null,
  now: Date,
): Promise<void> {
  await sql('update scrape_runs set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
    run,
    state,
    by,
    now.toISOString(),
  ])
  await sql('delete from scrape_found where run_id = $1', [run])
}

/** Saves the result of an accepted run. */
export async function saveAcceptedResult(
  sql: Sql,
  run: string,
  result: { changes: Changes; complete: boolean; failure: RunFailure | null },
): Promise<void> {
  const { changes, complete, failure } = result
  await sql(
    'update scrape_runs set changes = $2::jsonb, complete = $3, error_type = $4, error = $5 ' +
      'where id = $1',
    [run, JSON.stringify(changes), complete, failure?.type ?? null, failure?.message ?? null],
  )
}

/** Returns how many cars the last complete applied run had. */
export async function loadLastFoundCount(sql: Sql, competitor: string): Promise<number | null> {
  const [row] = await sql<{ found: number }>(
    `select found from scrape_runs where competitor_id = $1 and state = 'applied'
      and complete order by ended_at desc, id desc limit 1`,
    [competitor],
  )
  return row?.found ?? null
}

/** The number of runs that the screens of a competitor show. */
const MAX_SHOWN_RUNS = 20

/** Loads the latest runs of a competitor, newest first, for its health. */
export const loadLatestRuns = (sql: Sql, competitor: string): Promise<RunSummary[]> =>
  sql<RunSummary>(
    `select state, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as
      "startedAt", error_type as "errorType"
     from scrape_runs where competitor_id = $1 order by started_at desc limit ${MAX_SHOWN_RUNS}`,
    [competitor],
  )

/** How many runs of a competitor the API lists. */
const LISTED_RUNS = 20

/** Lists the latest runs of a competitor as the API returns them, newest first. */
export const listLatestRuns = (sql: Sql, competitor: string): Promise<Row[]> =>
  sql(
    `select id, state, platform, ${formatInstantSql('started_at')} as "startedAt",
        ${formatInstantSql('ended_at')} as "endedAt", found, dropped,
         announced, complete, unread, changes, error_type as "errorType", error,
           ${formatInstantSql('decided_at')} as "decidedAt",
         (select count(*)::int from scrape_requests where run_id = run.id
           and scrape_requests.state = 'done') as pages
       from scrape_runs run where competitor_id = $1 order by started_at desc, id desc limit
         ${LISTED_RUNS}`,
    [competitor],
  )

/** A run that is locked for a decision. */
export type LockedRun = {
  state: string
  endedAt: Date
  complete: boolean
}

/** Locks a run of a competitor until the transaction ends; returns undefined if there is none. */
export async function lockRun(
  sql: Sql,
  competitor: string,
  run: string,
): Promise<LockedRun | undefined> {
  const [row] = await sql<{ state: string; ended_at: Date; complete: boolean }>(
    'select state, ended_at, complete from scrape_runs where id = $1 and competitor_id = $2 ' +
      'for update',
    [run, competitor],
  )
  return row && { state: row.state, endedAt: new Date(row.ended_at), complete: row.complete }
}
