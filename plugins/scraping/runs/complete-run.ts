import { createNoCarsFailure, findIncompleteReason } from '../domain/completeness.ts'
import { clampToColumns } from '../domain/column-limits.ts'
import { dedupeCars } from '../domain/identity.ts'
import type { Listing } from '../domain/pages.ts'
import { findQuarantineReason } from '../domain/quarantine.ts'
import { countDropped, listIdentities } from '../domain/dropped-listings.ts'
import type { Changes, CollectedListings, QuarantinedRun, RunFailure } from '../domain/runs.ts'
import { findMissedCars, matchSeenCars, type StockDiff } from '../domain/stock-diff.ts'
import { countUnread } from '../domain/unread-fields.ts'
import { saveAcceptedOutcome } from '../store/competitors.ts'
import { loadFound } from '../store/frontier.ts'
import { saveMetrics } from '../store/metrics.ts'
import {
  endRun,
  loadLastFoundCount,
  lockSettlement,
  saveAcceptedResult,
  saveDecision,
} from '../store/runs.ts'
import type { Sql } from '../store/sql.ts'
import { applyDiff, loadKnownCars, type StockCar } from '../store/stock.ts'

/** The result of a run. `failure` is what the row of its competitor shows. */
export type RunResult = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  changes: Changes | null
  failure: RunFailure | null
}

type RunContext = {
  competitor: string
  run: string
  at: Date
  soldAfterDays: number
}

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
  await saveAcceptedResult(sql, run, { changes, complete: whole, failure })
  await saveAcceptedOutcome(sql, { competitor, at, failure })
  return changes
}

const toIncompleteFailure = (message: string) => ({ type: 'incomplete', message }) as const

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
