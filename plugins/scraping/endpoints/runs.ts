import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { postgresOf } from '../../../src/database/transaction.ts'
import { json, refusals, stated, type Statement } from '../../../src/openapi/operation.ts'
import { staffOf } from '../../../src/audit/deed.ts'
import { acceptRun, decide, type Quarantined, takeTurn } from '../adapters/settle.ts'
import type { Sql } from '../domain/runs.ts'
import type { ScrapingSettings } from '../options.ts'
import { DECIDED, type DecidedAnswer, type ReadingAnswer, READINGS } from './answers.ts'
import { answer, competitorAt, forStaff, ID, idOf, instant, inCompetitorTrail, sqlOfPool, sqlOn } from './asking.ts'

const MOST = 20

/**
 * GET /api/competitors/:id/runs: the latest readings of a competitor, the last one first; one in quarantine waits for a manager. A try
 * that failed is told with its reason and the moment of the next one, as the reading stays under way until then.
 */
export const listRuns: Endpoint = stated(
  {
    summary: 'The latest readings of a competitor, the last one first',
    askers: ['staff'],
    params: ID,
    answers: { 200: json('The readings.', READINGS), ...refusals(401, 403, 404) },
  },
  {
    path: '/:id/runs',
    method: 'get',
    handler: forStaff('staff', async (req) => {
      const { id } = await competitorAt(req)
      const runs = await sqlOfPool(req)<ReadingAnswer>(
        `select id, state, platform, ${instant('started_at')} as "startedAt", ${instant('ended_at')} as "endedAt", found, dropped,
           announced, complete, unread, changes, error_type as "errorType", error, ${instant('decided_at')} as "decidedAt",
           (select count(*)::int from scrape_requests where run_id = run.id and scrape_requests.state = 'done') as pages
         from scrape_runs run where competitor_id = $1 order by started_at desc, id desc limit ${MOST}`,
        [id],
      )
      const lastTry = await findLastTry(postgresOf(req.payload).pool, 'scrape-competitor', { competitor: id })
      return answer(READINGS, { runs, ...(lastTry && { lastTry }) })
    }),
  },
)

/** POST /api/competitors/:id/runs/:run/accept: what a run in quarantine found becomes what is known. */
export const acceptQuarantined = ({ soldAfterDays }: Pick<ScrapingSettings, 'soldAfterDays'>): Endpoint =>
  stated(deciding('What a reading in quarantine found becomes what is known'), {
    path: '/:id/runs/:run/accept',
    method: 'post',
    handler: decision('accept_scrape', 'applied', async (req, sql, run) => {
      const changes = await acceptRun(sql, run, { by: staffOf(req), now: new Date(), soldAfterDays })
      return { message: 'What it found is what is known now.', changes }
    }),
  })

/** POST /api/competitors/:id/runs/:run/discard: a run in quarantine is forgotten; what is known stays as it is. */
export const discardQuarantined: Endpoint = stated(
  deciding('A reading in quarantine is forgotten; what is known stays as it is'),
  {
    path: '/:id/runs/:run/discard',
    method: 'post',
    handler: decision('discard_scrape', 'discarded', async (req, sql, { run }) => {
      await decide(sql, run, 'discarded', staffOf(req), new Date())
      return { message: 'It is forgotten. What was known stays as it is.', changes: null }
    }),
  },
)

function deciding(summary: string): Statement {
  return {
    ...{ summary, askers: ['staff'], params: ID.extend({ run: z.uuid() }) },
    answers: { 200: json('It is decided.', DECIDED), ...refusals(401, 403, 404, 409) },
  }
}

type Decide = (req: PayloadRequest, sql: Sql, run: Quarantined) => Promise<DecidedAnswer>

/** Of two who decide at once, the second hears that it is done. */
function decision(action: string, to: string, work: Decide) {
  return forStaff('managers', async (req) => {
    const { id: competitor } = await competitorAt(req)
    const run = idOf(req, 'run')
    const decided = await inCompetitorTrail(req, async (client) => {
      const sql = sqlOn(client)
      await takeTurn(sql)
      const value = await work(req, sql, await quarantined(sql, competitor, run))
      return { value, action, competitor, fields: { run: { from: run, to: run }, state: { from: 'quarantined', to } } }
    })
    return answer(DECIDED, decided)
  })
}

async function quarantined(sql: Sql, competitor: string, run: string): Promise<Quarantined> {
  const [row] = await sql<{ state: string; ended_at: Date; complete: boolean }>(
    'select state, ended_at, complete from scrape_runs where id = $1 and competitor_id = $2 for update',
    [run, competitor],
  )
  if (!row) throw new APIError('Not Found', 404)
  if (row.state !== 'quarantined')
    throw new APIError(
      `This run is ${row.state}, and nothing waits to be decided. A later one, or somebody else, was first.`,
      409,
    )
  return { run, competitor, endedAt: new Date(row.ended_at), complete: row.complete }
}
