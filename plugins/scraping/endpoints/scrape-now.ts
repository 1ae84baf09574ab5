import { APIError } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { wrapClient } from '../../../jobs/boss.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { ID, loadCompetitor } from './context.ts'
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
export const scrapeNow = endpoint({
  method: 'post',
  path: '/:id/scrape',
  summary: 'Queue a run for a competitor, or return the one already queued or running',
  access: callers.managers('competitors'),
  params: ID,
  audit: { action: 'scrape_competitor', resourceType: 'competitors' },
  status: 202,
  response: describeJson('The run is queued.', QUEUED),
  refusals: [401, 403, 404, 409],
  load: loadCompetitor,
  handler: ({ req, competitor: { id, name, active }, runAudited }) => {
    if (!active) throw new APIError(`${name} is not active. Turn on Active first.`, 409)
    return runAudited(async (client) => {
      const jobId = await getService(req.payload, 'jobs').enqueueOn(
        wrapClient(client),
        'scrape-competitor',
        { competitor: id },
        MANUAL_RUN,
      )
      return {
        value: { jobId, message: `A run for ${name} is queued.` },
        resource: id,
        fields: { jobId: { from: null, to: jobId } },
      }
    })
  },
})
