import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { overClient } from '../../../jobs/boss.ts'
import { jobsOf } from '../../../jobs/queue.ts'
import { answer, competitorAt, forStaff, inTrail } from './asking.ts'

const QUEUED = z.strictObject({ jobId: z.uuid(), message: z.string() })

/** POST /api/competitors/:id/scrape: queues the reading of a competitor; the one that waits or runs already, where there is one. */
export const scrapeNow: Endpoint = {
  path: '/:id/scrape',
  method: 'post',
  handler: forStaff('managers', async (req) => {
    const { id, name, active } = await competitorAt(req)
    if (!active) throw new APIError(`${name} is not watched. Set it to watched first.`, 409)
    const jobId = await inTrail(req, async (client) => {
      const job = await jobsOf(req.payload).enqueueOn(overClient(client), 'scrape-competitor', { competitor: id })
      return { value: job, action: 'scrape_competitor', competitor: id, fields: { jobId: { from: null, to: job } } }
    })
    return answer(QUEUED, { jobId, message: `${name} is queued to be read.` }, 202)
  }),
}
