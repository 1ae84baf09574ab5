import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { findLastTry } from '../../../jobs/last-try.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { findStaffId } from '../../../src/audit/audited-action.ts'
import type { QuarantinedRun } from '../domain/runs.ts'
import type { ScrapingSettings } from '../options.ts'
import { acceptRun } from '../runs/complete-run.ts'
import { listLatestRuns, lockRun, lockSettlement, saveDecision } from '../store/runs.ts'
import { createClientSql, createPoolSql, type Sql } from '../store/sql.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { uuidInput } from '../../../src/domain/input-schemas.ts'
import { DECISION, type DecisionAnswer, SCRAPE_RUNS } from './api-schemas.ts'
import { ID, loadCompetitor } from './context.ts'

/**
 * GET /api/competitors/:id/runs: the latest runs of a competitor, newest first. A quarantined run
 * waits for the decision of a manager. A failed try is reported with its error and the time of the
 * next one, because the run stays unfinished until then.
 */
export const listRuns = endpoint({
  method: 'get',
  path: '/:id/runs',
  summary: 'List the latest runs of a competitor, newest first',
  access: callers.staff('competitors'),
  params: ID,
  response: describeJson('The runs.', SCRAPE_RUNS),
  refusals: [401, 403, 404],
  load: loadCompetitor,
  handler: async ({ req, competitor: { id } }) => {
    const runs = await listLatestRuns(createPoolSql(req), id)
    const lastTry = await findLastTry(getPostgresAdapter(req.payload).pool, 'scrape-competitor', {
      competitor: id,
    })
    return SCRAPE_RUNS.parse({ runs, ...(lastTry && { lastTry }) })
  },
})

/** POST /api/competitors/:id/runs/:run/accept: applies a quarantined run to the known stock. */
export const acceptQuarantined = ({
  soldAfterDays,
}: Pick<ScrapingSettings, 'soldAfterDays'>): Endpoint =>
  createDecisionEndpoint({
    name: 'accept',
    summary: 'Accept a quarantined run and apply what it found',
    action: 'accept_scrape',
    state: 'applied',
    apply: async (req, sql, run) => {
      const changes = await acceptRun(sql, run, {
        by: findStaffId(req),
        now: new Date(),
        soldAfterDays,
      })
      return { message: 'The run is accepted and applied.', changes }
    },
  })

/**
 * POST /api/competitors/:id/runs/:run/discard: discards a quarantined run; the known stock stays
 * unchanged.
 */
export const discardQuarantined = createDecisionEndpoint({
  name: 'discard',
  summary: 'Discard a quarantined run and keep the current data',
  action: 'discard_scrape',
  state: 'discarded',
  apply: async (req, sql, { run }) => {
    await saveDecision(sql, run, 'discarded', findStaffId(req), new Date())
    return { message: 'The run is discarded. The current data is unchanged.', changes: null }
  },
})

type Decision = {
  name: string
  summary: string
  action: string
  /** The state of the run after the decision. */
  state: string
  apply: (req: PayloadRequest, sql: Sql, run: QuarantinedRun) => Promise<DecisionAnswer>
}

/** Creates the endpoint of a decision. The second of two concurrent decisions gets an error. */
function createDecisionEndpoint({ name, summary, action, state, apply }: Decision): Endpoint {
  return endpoint({
    method: 'post',
    path: `/:id/runs/:run/${name}`,
    summary,
    access: callers.managers('competitors'),
    params: ID.extend({ run: uuidInput() }),
    audit: { action, resourceType: 'competitors' },
    response: describeJson('The decision is saved.', DECISION),
    refusals: [401, 403, 404, 409],
    load: loadCompetitor,
    handler: async ({ req, competitor: { id }, runAudited }, { params: { run } }) => {
      const decided = await runAudited(async (client) => {
        const sql = createClientSql(client)
        await lockSettlement(sql)
        return {
          value: await apply(req, sql, await loadQuarantinedRun(sql, id, run)),
          resource: id,
          fields: {
            run: { from: run, to: run },
            state: { from: 'quarantined', to: state },
          },
        }
      })
      return DECISION.parse(decided)
    },
  })
}

async function loadQuarantinedRun(
  sql: Sql,
  competitor: string,
  run: string,
): Promise<QuarantinedRun> {
  const row = await lockRun(sql, competitor, run)
  if (!row) throw new APIError('Not Found', 404)
  if (row.state !== 'quarantined')
    throw new APIError(
      `The state of this run is "${row.state}", so it needs no decision. A later run has ` +
        'replaced it, or another user has already decided.',
      409,
    )
  return { run, competitor, endedAt: row.endedAt, complete: row.complete }
}
