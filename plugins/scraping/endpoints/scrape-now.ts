import { APIError, type Endpoint } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { overClient } from '../../../jobs/boss.ts'
import { jobsOf } from '../../../jobs/queue.ts'
import { json, refusals, stated } from '../../../src/openapi/operation.ts'
import { answer, competitorAt, forStaff, ID, inCompetitorTrail } from './asking.ts'

/** Somebody waits for it: before the competitors of a sweep, and at once where it waits for its next try. */
const FOR_A_PERSON = { now: true, priority: 1 }

/**
 * POST /api/competitors/:id/scrape: queues the reading of a competitor; the one that waits or runs already, where there is one. One that
 * failed and waits for its next try starts at once.
 */
export const scrapeNow: Endpoint = stated(
  {
    summary: 'Queues the reading of a competitor; the one that waits or runs already, where there is one',
    askers: ['staff'],
    params: ID,
    answers: { 202: json('It is queued.', QUEUED), ...refusals(401, 403, 404, 409) },
  },
  {
    path: '/:id/scrape',
    method: 'post',
    handler: forStaff('managers', async (req) => {
      const { id, name, active } = await competitorAt(req)
      if (!active) throw new APIError(`${name} is not watched. Set it to watched first.`, 409)
      const jobId = await inCompetitorTrail(req, async (client) => {
        const job = await jobsOf(req.payload).enqueueOn(overClient(client), 'scrape-competitor', { competitor: id }, FOR_A_PERSON)
        return { value: job, action: 'scrape_competitor', competitor: id, fields: { jobId: { from: null, to: job } } }
      })
      return answer(QUEUED, { jobId, message: `${name} is queued to be read.` }, 202)
    }),
  },
)
