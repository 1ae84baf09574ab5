import { createNoCarsFailure, findIncompleteReason } from '../domain/completeness.ts'
import { clampToColumns } from '../domain/column-limits.ts'
import { dedupeCars } from '../domain/identity.ts'
import type { Listing } from '../domain/pages.ts'
import { findQuarantineReason } from '../domain/quarantine.ts'
import { countDropped, listIdentities } from '../domain/dropped-listings.ts'
import type { Changes, CollectedListings, Sql } from '../domain/runs.ts'
import type { ErrorType } from '../domain/scrape-failure.ts'
import { findMissedCars, matchSeenCars, type StockDiff } from '../domain/stock-diff.ts'
import { countUnread, type UnreadCounts } from '../domain/unread-fields.ts'
import { type RunFailure, saveAcceptedOutcome, saveRunOutcome } from './competitor-state.ts'
import { saveMetrics } from './metrics.ts'
import { loadFound, loadLastFoundCount } from './frontier.ts'
import { loadKnownCars, applyDiff, type StockCar } from './stock.ts'

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

/** The result of a run. `failure` is what the row of its competitor shows. */
export type RunResult = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  changes: Changes | null
  failure: RunFailure | null
}

type RunContext = { competitor: string; run: string; at: Date; soldAfterDays: number }

/**
 * Evaluates what a run found and applies it to the known stock unless it is quarantined, in the
 * transaction of `sql`. Throws ScrapeFailure if the run found no cars.
 */
export async function completeRun(sql: Sql, context: RunContext): Promise<RunResult> {
  const { competitor } = context
  await lockSettlement(sql)
  const { collected, found, held, diff, incomplete } = await evaluateRun(sql, context)
  if (found.length === 0) throw createNoCarsFailure(collected.dropped)
  const dropped = collected.dropped.length
  const quarantineReason = findQuarantineReason({
    found: found.length + held,
    lastFound: incomplete === null ? await loadLastFoundCount(sql, competitor) : null,
    prices: diff.seen.flatMap(({ car, found: { priceCents: now } }) =>
      car && car.soldAt === null && car.priceCents !== null
        ? [{ before: car.priceCents, now }]
        : [],
    ),
  })
  const facts = {
    found: found.length,
    dropped,
    announced: collected.announced,
    complete: incomplete === null,
    unread: countUnread(found),
  }
  if (quarantineReason !== null) {
    const failure = { type: 'quarantined', message: quarantineReason } as const
    await endRun(sql, context, { ...facts, state: 'quarantined', changes: null, failure })
    return { state: 'quarantined', found: found.length, dropped, changes: null, failure }
  }
  const failure = incomplete === null ? null : toIncompleteFailure(incomplete)
  const changes = await reconcileStock(sql, context, diff, incomplete === null)
  await endRun(sql, context, { ...facts, state: 'applied', changes, failure })
  return { state: 'applied', found: found.length, dropped, changes, failure }
}

/** A run that waits for the decision of a manager. */
export type QuarantinedRun = { run: string; competitor: string; endedAt: Date; complete: boolean }

/**
 * Applies a quarantined run to the known stock as of the end of the run. `by` is the manager who
 * decided; the caller holds the settlement lock. No later run has been completed, because it would
 * have discarded this one.
 */
export async function acceptRun(
  sql: Sql,
  { run, competitor, endedAt: at, complete }: QuarantinedRun,
  { by, now, soldAfterDays }: { by: string | null; now: Date; soldAfterDays: number },
): Promise<Changes> {
  const context = { competitor, run, at, soldAfterDays }
  const { diff, incomplete } = await evaluateRun(sql, context)
  const whole = complete && incomplete === null
  const changes = await reconcileStock(sql, context, whole ? diff : { ...diff, missed: [] }, whole)
  const failure = whole
    ? null
    : toIncompleteFailure(incomplete ?? 'The run did not find all of their cars.')
  await saveDecision(sql, run, 'applied', by, now)
  await sql(
    'update scrape_runs set changes = $2::jsonb, complete = $3, error_type = $4, error = $5 ' +
      'where id = $1',
    [run, JSON.stringify(changes), whole, failure?.type ?? null, failure?.message ?? null],
  )
  await saveAcceptedOutcome(sql, { competitor, at, failure })
  return changes
}

const toIncompleteFailure = (message: string) => ({ type: 'incomplete', message }) as const

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

type RunEvaluation = {
  collected: CollectedListings
  found: Listing[]
  held: number
  diff: StockDiff<StockCar, Listing>
  incomplete: string | null
}

/**
 * Evaluates a run: what it found, how many known cars its dropped listings match, how the known
 * stock changes, and why the run is incomplete.
 */
async function evaluateRun(
  sql: Sql,
  { competitor, run, at, soldAfterDays }: RunContext,
): Promise<RunEvaluation> {
  const collected = clampToColumns(await loadFound(sql, run))
  const { dropped, announced, cut } = collected
  const found = dedupeCars(collected.listings)
  const known = await loadKnownCars(sql, competitor, at)
  const { seen, unseen } = matchSeenCars(known, found, at)
  const droppedCount = countDropped(dropped, unseen)
  const incomplete = findIncompleteReason({
    listings: found.length,
    dropped: dropped.length,
    ...droppedCount,
    announced,
    cut,
  })
  const unread = dropped.map(({ what, why }) => `${what} ${why}`)
  const facts = {
    at,
    complete: incomplete === null,
    unread,
    refused: dropped.flatMap(listIdentities),
    soldAfterDays,
  }
  return {
    collected,
    found,
    held: droppedCount.held,
    diff: { seen, missed: findMissedCars(unseen, facts) },
    incomplete,
  }
}

async function reconcileStock(
  sql: Sql,
  { competitor, at }: RunContext,
  diff: StockDiff<StockCar, Listing>,
  complete: boolean,
): Promise<Changes> {
  const changes = await applyDiff(sql, competitor, at, diff)
  await saveMetrics(sql, { competitor, at, complete })
  return changes
}

type RunEnding = {
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
async function endRun(
  sql: Sql,
  { competitor, run, at }: RunContext,
  ended: RunEnding,
): Promise<void> {
  const { state, found, dropped, announced, complete, unread, changes, failure } = ended
  await sql(
    `update scrape_runs set state = 'discarded', decided_at = $3 where competitor_id = $1
      and ` + `state = 'quarantined' and id <> $2`,
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
  { type, message }: { type: ErrorType; message: string },
): Promise<void> {
  if (run !== null) {
    await sql(
      `update scrape_runs set state = 'failed', ended_at = $2, error_type = $3, error = $4
        ` + 'where id = $1',
      [run, at.toISOString(), type, message],
    )
    await sql('delete from scrape_found where run_id = $1', [run])
  }
  await saveRunOutcome(sql, competitor, at, { type, message })
}
