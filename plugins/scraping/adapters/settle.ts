import { emptyHanded, incompleteReason } from '../domain/completeness.ts'
import { fittingAll } from '../domain/fitting.ts'
import { withoutTwins } from '../domain/identity.ts'
import type { Listing } from '../domain/pages.ts'
import { quarantineReason } from '../domain/quarantine.ts'
import { countRefused, namesOf } from '../domain/refused.ts'
import type { Changes, Gathered, Sql } from '../domain/runs.ts'
import type { ErrorType } from '../domain/scrape-failure.ts'
import { missedCars, seeCars, type Truth } from '../domain/truth.ts'
import { countUnread, type Unread } from '../domain/unread.ts'
import { type RunFailure, saveAccepted, saveFailure } from './competitor-state.ts'
import { saveFigures } from './figures.ts'
import { gather, lastFound } from './frontier.ts'
import { knownCars, saveTruth, type StockCar } from './stock.ts'

/** Any number, the same for every process. */
const LOCK = 7_305_024

/**
 * Waits until nobody else settles or decides a run: that happens one at a time, as cars move from one competitor to another. It comes
 * before any row is locked, for all of them alike, so that no two wait for each other.
 */
export async function takeTurn(sql: Sql): Promise<void> {
  await sql(`select pg_advisory_xact_lock(${LOCK})`)
}

/** What became of a run; `failure` is what its competitor's row says. */
export type Settled = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  changes: Changes | null
  failure: RunFailure | null
}

type Settling = { competitor: string; run: string; at: Date; soldAfterDays: number }

/**
 * Judges what a run found and, where it is believed, makes it the truth, in the one transaction that `sql` is on. Throws ScrapeFailure
 * where it found no car at all.
 */
export async function settleRun(sql: Sql, settling: Settling): Promise<Settled> {
  const { competitor } = settling
  await takeTurn(sql)
  const { gathered, found, held, truth, incomplete } = await judge(sql, settling)
  if (found.length === 0) throw emptyHanded(gathered.dropped)
  const dropped = gathered.dropped.length
  const doubt = quarantineReason({
    found: found.length + held,
    lastFound: incomplete === null ? await lastFound(sql, competitor) : null,
    prices: truth.seen.flatMap(({ car, found: { priceCents: now } }) =>
      car && car.soldAt === null && car.priceCents !== null ? [{ before: car.priceCents, now }] : [],
    ),
  })
  const facts = {
    found: found.length,
    dropped,
    announced: gathered.announced,
    complete: incomplete === null,
    unread: countUnread(found),
  }
  if (doubt !== null) {
    const failure = { type: 'quarantined', message: doubt } as const
    await endRun(sql, settling, { ...facts, state: 'quarantined', changes: null, failure })
    return { state: 'quarantined', found: found.length, dropped, changes: null, failure }
  }
  const failure = incomplete === null ? null : toFailure(incomplete)
  const changes = await makeTrue(sql, settling, truth, incomplete === null)
  await endRun(sql, settling, { ...facts, state: 'applied', changes, failure })
  return { state: 'applied', found: found.length, dropped, changes, failure }
}

/** A run that waits for a person. */
export type Quarantined = { run: string; competitor: string; endedAt: Date; complete: boolean }

/**
 * Makes a run the truth that was in quarantine, as of its own end: `by` has looked at it, and has the turn. It is the last one that was
 * read whole, as a later one would have put it out of date.
 */
export async function acceptRun(
  sql: Sql,
  { run, competitor, endedAt: at, complete }: Quarantined,
  { by, now, soldAfterDays }: { by: string | null; now: Date; soldAfterDays: number },
): Promise<Changes> {
  const settling = { competitor, run, at, soldAfterDays }
  const { truth, incomplete } = await judge(sql, settling)
  const whole = complete && incomplete === null
  const changes = await makeTrue(sql, settling, whole ? truth : { ...truth, missed: [] }, whole)
  const failure = whole ? null : toFailure(incomplete ?? 'It did not see all of their cars.')
  await decide(sql, run, 'applied', by, now)
  await sql('update scrape_runs set changes = $2::jsonb, complete = $3, error_type = $4, error = $5 where id = $1', [
    run,
    JSON.stringify(changes),
    whole,
    failure?.type ?? null,
    failure?.message ?? null,
  ])
  await saveAccepted(sql, { competitor, at, failure })
  return changes
}

const toFailure = (message: string) => ({ type: 'incomplete', message }) as const

/** Ends a run in quarantine as `by` decided; what it found is needed no longer. */
export async function decide(sql: Sql, run: string, state: 'applied' | 'discarded', by: string | null, now: Date): Promise<void> {
  await sql('update scrape_runs set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
    ...[run, state, by, now.toISOString()],
  ])
  await sql('delete from scrape_found where run_id = $1', [run])
}

type Judged = { gathered: Gathered; found: Listing[]; held: number; truth: Truth<StockCar, Listing>; incomplete: string | null }

/** What a run found, how many known cars its unread listings hold, what is true by it, and why it did not see everything. */
async function judge(sql: Sql, { competitor, run, at, soldAfterDays }: Settling): Promise<Judged> {
  const gathered = fittingAll(await gather(sql, run))
  const { dropped, announced, cut } = gathered
  const found = withoutTwins(gathered.listings)
  const known = await knownCars(sql, competitor, at)
  const { seen, unseen } = seeCars(known, found, at)
  const refused = countRefused(dropped, unseen)
  const incomplete = incompleteReason({ listings: found.length, dropped: dropped.length, ...refused, announced, cut })
  const unread = dropped.map(({ what, why }) => `${what} ${why}`)
  const facts = { at, complete: incomplete === null, unread, refused: dropped.flatMap(namesOf), soldAfterDays }
  return { gathered, found, held: refused.held, truth: { seen, missed: missedCars(unseen, facts) }, incomplete }
}

async function makeTrue(
  sql: Sql,
  { competitor, at }: Settling,
  truth: Truth<StockCar, Listing>,
  complete: boolean,
): Promise<Changes> {
  const changes = await saveTruth(sql, competitor, at, truth)
  await saveFigures(sql, { competitor, at, complete })
  return changes
}

type Ended = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  announced: number | null
  complete: boolean
  unread: Unread
  changes: Changes | null
  failure: RunFailure | null
}

/** Writes how a run ended. One that still waited for a person is out of date then. */
async function endRun(sql: Sql, { competitor, run, at }: Settling, ended: Ended): Promise<void> {
  const { state, found, dropped, announced, complete, unread, changes, failure } = ended
  await sql(
    `update scrape_runs set state = 'discarded', decided_at = $3 where competitor_id = $1 and state = 'quarantined' and id <> $2`,
    [competitor, run, at.toISOString()],
  )
  await sql(
    `update scrape_runs set state = $2, ended_at = $3, found = $4, dropped = $5, announced = $6, complete = $7, changes = $8::jsonb,
       error_type = $9, error = $10, unread = $11::jsonb where id = $1`,
    [
      ...[run, state, at.toISOString(), found, dropped, announced, complete],
      changes && JSON.stringify(changes),
      failure?.type ?? null,
      failure?.message ?? null,
      JSON.stringify(unread),
    ],
  )
  if (state === 'applied') await sql('delete from scrape_found where run_id = $1', [run])
  await saveFailure(sql, competitor, at, failure)
}

/** Ends a run that came to nothing: what is known stays as it is. */
export async function failRun(
  sql: Sql,
  { competitor, run, at }: { competitor: string; run: string | null; at: Date },
  { type, message }: { type: ErrorType; message: string },
): Promise<void> {
  if (run !== null) {
    await sql(`update scrape_runs set state = 'failed', ended_at = $2, error_type = $3, error = $4 where id = $1`, [
      ...[run, at.toISOString(), type, message],
    ])
    await sql('delete from scrape_found where run_id = $1', [run])
  }
  await saveFailure(sql, competitor, at, { type, message })
}
