import { APIError, type Endpoint } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { wrapClient } from '../../../jobs/boss.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../../src/api/openapi/operation.ts'
import {
  buildResponse,
  loadCompetitor,
  requireStaffRole,
  ID,
  withCompetitorAudit,
} from './context.ts'
import { getService } from '../../../src/services.ts'

/**
 * The options of a job that a user waits for: it runs before the jobs of a sweep, and starts at
 * once if it waits for its next try.
 */
const MANUAL_RUN = { now: true, priority: 1 }

/**
 * POST /api/competitors/:id/scrape: queues a run of a competitor, or returns the job that already
 * waits or runs. A failed job that waits for its next try starts at once.
 */
export const scrapeNow: Endpoint = documentEndpoint(
  {
    summary: 'Queue a run of a competitor, or return the one already queued or running',
    audience: ['staff'],
    params: ID,
    responses: {
      202: describeJson('The run is queued.', QUEUED),
      ...describeRefusals(401, 403, 404, 409),
    },
  },
  {
    path: '/:id/scrape',
    method: 'post',
    handler: requireStaffRole('managers', async (req) => {
      const { id, name, active } = await loadCompetitor(req)
      if (!active) throw new APIError(`${name} is not watched. Turn on watching first.`, 409)
      const jobId = await withCompetitorAudit(req, async (client) => {
        const job = await getService(req.payload, 'jobs').enqueueOn(
          wrapClient(client),
          'scrape-competitor',
          { competitor: id },
          MANUAL_RUN,
        )
        return {
          value: job,
          action: 'scrape_competitor',
          competitor: id,
          fields: { jobId: { from: null, to: job } },
        }
      })
      return buildResponse(QUEUED, { jobId, message: `A run of ${name} is queued.` }, 202)
    }),
  },
)
