import { incompleteReason } from '../domain/completeness.ts'
import { fittingAll } from '../domain/fitting.ts'
import { withoutTwins } from '../domain/identity.ts'
import type { Listing } from '../domain/pages.ts'
import { quarantineReason } from '../domain/quarantine.ts'
import type { Changes, Gathered, Sql } from '../domain/runs.ts'
import { type ErrorType, ScrapeFailure } from '../domain/scrape-failure.ts'
import { type Truth, truthOf } from '../domain/truth.ts'
import { saveFigures } from './figures.ts'
import { gather } from './frontier.ts'
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

/** What became of a run; `trouble` is what its competitor's row says. */
export type Settled = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  changes: Changes | null
  trouble: { type: ErrorType; message: string } | null
}

type Settling = { competitor: string; run: string; at: Date; soldAfterDays: number }

/**
 * Judges what a run found and, where it is believed, makes it the truth, in the one transaction that `sql` is on. Throws ScrapeFailure
 * where it found no car at all.
 */
export async function settleRun(sql: Sql, settling: Settling): Promise<Settled> {
  const { competitor, run } = settling
  await takeTurn(sql)
  const gathered = fittingAll(await gather(sql, run))
  const found = withoutTwins(gathered.listings)
  if (found.length === 0) throw emptyHanded(gathered)
  const dropped = gathered.dropped.length
  const { announced, cut } = gathered
  const incomplete = incompleteReason({ listings: found.length, dropped, announced, cut })
  const truth = await judge(sql, settling, gathered, found, incomplete === null)
  const doubt = quarantineReason({
    found: found.length,
    lastFound: incomplete === null ? await lastFound(sql, competitor) : null,
    prices: truth.seen.flatMap(({ car, found: { priceCents: now } }) =>
      car && car.soldAt === null && car.priceCents !== null ? [{ before: car.priceCents, now }] : [],
    ),
  })
  const facts = { found: found.length, dropped, announced, complete: incomplete === null }
  if (doubt !== null) {
    const trouble = { type: 'quarantined', message: doubt } as const
    await endRun(sql, settling, { ...facts, state: 'quarantined', changes: null, trouble })
    return { state: 'quarantined', found: found.length, dropped, changes: null, trouble }
  }
  const trouble = incomplete === null ? null : ({ type: 'incomplete', message: incomplete } as const)
  const changes = await makeTrue(sql, settling, truth)
  await endRun(sql, settling, { ...facts, state: 'applied', changes, trouble })
  return { state: 'applied', found: found.length, dropped, changes, trouble }
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
  const gathered = fittingAll(await gather(sql, run))
  const found = withoutTwins(gathered.listings)
  const settling = { competitor, run, at, soldAfterDays }
  const changes = await makeTrue(sql, settling, await judge(sql, settling, gathered, found, complete))
  await decide(sql, run, 'applied', by, now)
  await sql('update scrape_runs set changes = $2::jsonb, error_type = null, error = null where id = $1', [
    ...[run, JSON.stringify(changes)],
  ])
  await noteAccepted(sql, { competitor, at, complete })
  return changes
}

/** What a later run told of the competitor, that it failed, stays. */
async function noteAccepted(sql: Sql, { competitor, at, complete }: { competitor: string; at: Date; complete: boolean }) {
  const [later] = await sql('select from competitors where id = $1 and last_scraped_at > $2', [competitor, at.toISOString()])
  if (!later)
    return noteTrouble(
      sql,
      competitor,
      at,
      complete ? null : { type: 'incomplete', message: 'A run that did not see all was accepted.' },
    )
  if (complete) await sql('update competitors set last_successful_scrape_at = $2 where id = $1', [competitor, at.toISOString()])
}

/** Ends a run in quarantine as `by` decided; what it found is needed no longer. */
export async function decide(sql: Sql, run: string, state: 'applied' | 'discarded', by: string | null, now: Date): Promise<void> {
  await sql('update scrape_runs set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
    ...[run, state, by, now.toISOString()],
  ])
  await sql('delete from scrape_found where run_id = $1', [run])
}

async function judge(
  sql: Sql,
  { competitor, at, soldAfterDays }: Settling,
  { dropped }: Gathered,
  found: readonly Listing[],
  complete: boolean,
): Promise<Truth<StockCar, Listing>> {
  const unread = dropped.map(({ what, why }) => `${what} ${why}`)
  return truthOf(await knownCars(sql, competitor, at), found, { at, complete, unread, soldAfterDays })
}

async function makeTrue(sql: Sql, { competitor, at }: Settling, truth: Truth<StockCar, Listing>): Promise<Changes> {
  const changes = await saveTruth(sql, competitor, at, truth)
  await saveFigures(sql, competitor, at)
  return changes
}

/** How many cars the last whole run had that was believed. */
async function lastFound(sql: Sql, competitor: string): Promise<number | null> {
  const [row] = await sql<{ found: number }>(
    `select found from scrape_runs where competitor_id = $1 and state = 'applied' and complete order by ended_at desc, id desc limit 1`,
    [competitor],
  )
  return row?.found ?? null
}

function emptyHanded({ dropped }: Gathered): ScrapeFailure {
  if (dropped.length === 0) return new ScrapeFailure('no_vehicles', 'No car was found on their pages. Nothing is taken for sold.')
  return new ScrapeFailure('parse', `None of ${dropped.length} listings could be read, the first one because ${dropped[0]?.why}`)
}

type Ended = {
  state: 'applied' | 'quarantined'
  found: number
  dropped: number
  announced: number | null
  complete: boolean
  changes: Changes | null
  trouble: Settled['trouble']
}

/** Writes how a run ended. One that still waited for a person is out of date then. */
async function endRun(sql: Sql, { competitor, run, at }: Settling, ended: Ended): Promise<void> {
  const { state, found, dropped, announced, complete, changes, trouble } = ended
  await sql(
    `update scrape_runs set state = 'discarded', decided_at = $3 where competitor_id = $1 and state = 'quarantined' and id <> $2`,
    [competitor, run, at.toISOString()],
  )
  await sql(
    `update scrape_runs set state = $2, ended_at = $3, found = $4, dropped = $5, announced = $6, complete = $7, changes = $8::jsonb,
       error_type = $9, error = $10 where id = $1`,
    [
      ...[run, state, at.toISOString(), found, dropped, announced, complete],
      ...[changes && JSON.stringify(changes), trouble?.type ?? null, trouble?.message ?? null],
    ],
  )
  if (state === 'applied') await sql('delete from scrape_found where run_id = $1', [run])
  await noteTrouble(sql, competitor, at, trouble)
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
  await noteTrouble(sql, competitor, at, { type, message })
}

/** Says on the competitor how the last run went; a success clears what was wrong before. */
export async function noteTrouble(sql: Sql, competitor: string, at: Date, trouble: Settled['trouble']): Promise<void> {
  await sql(
    `update competitors set last_scraped_at = $2, scrape_error_type = $3, scrape_error = $4,
       last_successful_scrape_at = case when $3::text is null then $2 else last_successful_scrape_at end where id = $1`,
    [competitor, at.toISOString(), trouble?.type ?? null, trouble?.message ?? null],
  )
}
