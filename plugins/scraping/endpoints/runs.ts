import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
  type OperationSpec,
} from '../../../src/api/openapi/operation.ts'
import { findStaffId } from '../../../src/audit/audited-action.ts'
import type { QuarantinedRun } from '../domain/runs.ts'
import type { ScrapingSettings } from '../options.ts'
import { acceptRun } from '../runs/complete-run.ts'
import { lockSettlement, saveDecision } from '../store/runs.ts'
import type { Sql } from '../store/sql.ts'
import { DECISION, type DecisionAnswer, type ScrapeRunAnswer, SCRAPE_RUNS } from './api-schemas.ts'
import {
  buildResponse,
  loadCompetitor,
  requireStaffRole,
  ID,
  parseId,
  formatInstantSql,
  withCompetitorAudit,
  createPoolSql,
  createClientSql,
} from './context.ts'

const MAX_RUNS = 20

/**
 * GET /api/competitors/:id/runs: the latest runs of a competitor, newest first. A quarantined run
 * waits for the decision of a manager. A failed try is reported with its error and the time of the
 * next one, because the run stays unfinished until then.
 */
export const listRuns: Endpoint = documentEndpoint(
  {
    summary: 'List the latest runs of a competitor, newest first',
    audience: ['staff'],
    params: ID,
    responses: {
      200: describeJson('The runs.', SCRAPE_RUNS),
      ...describeRefusals(401, 403, 404),
    },
  },
  {
    path: '/:id/runs',
    method: 'get',
    handler: requireStaffRole('staff', async (req) => {
      const { id } = await loadCompetitor(req)
      const runs = await createPoolSql(req)<ScrapeRunAnswer>(
        `select id, state, platform, ${formatInstantSql('started_at')} as "startedAt",
          ${formatInstantSql('ended_at')} as "endedAt", found, dropped,
           announced, complete, unread, changes, error_type as "errorType", error,
             ${formatInstantSql('decided_at')} as "decidedAt",
           (select count(*)::int from scrape_requests where run_id = run.id
             and scrape_requests.state = 'done') as pages
         from scrape_runs run where competitor_id = $1 order by started_at desc, id desc limit
           ${MAX_RUNS}`,
        [id],
      )
      const lastTry = await findLastTry(getPostgresAdapter(req.payload).pool, 'scrape-competitor', {
        competitor: id,
      })
      return buildResponse(SCRAPE_RUNS, { runs, ...(lastTry && { lastTry }) })
    }),
  },
)

/** POST /api/competitors/:id/runs/:run/accept: applies a quarantined run to the known stock. */
export const acceptQuarantined = ({
  soldAfterDays,
}: Pick<ScrapingSettings, 'soldAfterDays'>): Endpoint =>
  documentEndpoint(buildDecisionSpec('Accept a quarantined run and apply what it found'), {
    path: '/:id/runs/:run/accept',
    method: 'post',
    handler: createDecisionHandler('accept_scrape', 'applied', async (req, sql, run) => {
      const changes = await acceptRun(sql, run, {
        by: findStaffId(req),
        now: new Date(),
        soldAfterDays,
      })
      return { message: 'The run is accepted and applied.', changes }
    }),
  })

/**
 * POST /api/competitors/:id/runs/:run/discard: discards a quarantined run; the known stock stays
 * unchanged.
 */
export const discardQuarantined: Endpoint = documentEndpoint(
  buildDecisionSpec('Discard a quarantined run and keep the current data'),
  {
    path: '/:id/runs/:run/discard',
    method: 'post',
    handler: createDecisionHandler('discard_scrape', 'discarded', async (req, sql, { run }) => {
      await saveDecision(sql, run, 'discarded', findStaffId(req), new Date())
      return { message: 'The run is discarded. The current data is unchanged.', changes: null }
    }),
  },
)

function buildDecisionSpec(summary: string): OperationSpec {
  return {
    summary,
    audience: ['staff'],
    params: ID.extend({ run: z.uuid() }),
    responses: {
      200: describeJson('The decision is saved.', DECISION),
      ...describeRefusals(401, 403, 404, 409),
    },
  }
}

type ApplyDecision = (req: PayloadRequest, sql: Sql, run: QuarantinedRun) => Promise<DecisionAnswer>

/** Creates the handler of a decision. The second of two concurrent decisions gets an error. */
function createDecisionHandler(action: string, to: string, work: ApplyDecision) {
  return requireStaffRole('managers', async (req) => {
    const { id: competitor } = await loadCompetitor(req)
    const run = parseId(req, 'run')
    const decided = await withCompetitorAudit(req, async (client) => {
      const sql = createClientSql(client)
      await lockSettlement(sql)
      const value = await work(req, sql, await loadQuarantinedRun(sql, competitor, run))
      return {
        value,
        action,
        competitor,
        fields: { run: { from: run, to: run }, state: { from: 'quarantined', to } },
      }
    })
    return buildResponse(DECISION, decided)
  })
}

async function loadQuarantinedRun(
  sql: Sql,
  competitor: string,
  run: string,
): Promise<QuarantinedRun> {
  const [row] = await sql<{ state: string; ended_at: Date; complete: boolean }>(
    'select state, ended_at, complete from scrape_runs where id = $1 and competitor_id = $2 ' +
      'for update',
    [run, competitor],
  )
  if (!row) throw new APIError('Not Found', 404)
  if (row.state !== 'quarantined')
    throw new APIError(
      `This run is ${row.state} and no longer needs a decision. A later run or another ` +
        'user decided it first.',
      409,
    )
  return { run, competitor, endedAt: new Date(row.ended_at), complete: row.complete }
}
