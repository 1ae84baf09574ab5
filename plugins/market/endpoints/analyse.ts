import { APIError, type Endpoint } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { overClient } from '../../../jobs/boss.ts'
import { doInTrail } from '../../../jobs/endpoints/deed.ts'
import { jobsOf } from '../../../jobs/queue.ts'
import { json, refusals, stated } from '../../../src/openapi/operation.ts'
import type { MarketSettings } from '../options.ts'
import { NO_SOURCE } from '../tasks/analyse-vehicle.ts'
import { CAR_ID, carAt, forManagers } from './asking.ts'

/**
 * POST /api/inventory/:id/analyse: queues the analysis of a car, and answers 202 with its job. A job that waits already is the answer
 * again; one that failed and waits for its next try starts at once. A car that is sold is a 409, and so is a room that has nothing to
 * compare with.
 */
export const analyse = (settings: MarketSettings): Endpoint =>
  stated(
    {
      summary: 'Queues the comparison of a car with the market; the one that waits already, where there is one',
      askers: ['staff'],
      params: CAR_ID,
      answers: { 202: json('It is queued.', QUEUED), ...refusals(401, 403, 404, 409) },
    },
    {
      path: '/:id/analyse',
      method: 'post',
      handler: forManagers(async (req) => {
        const { id, status, title } = await carAt(req)
        if (status === 'sold') throw new APIError(`${title} is sold; cars for sale are compared.`, 409)
        if (!settings.source(req.payload, new Date().toISOString())) throw new APIError(NO_SOURCE, 409)
        return doInTrail(req, async (client) => {
          const jobId = await jobsOf(req.payload).enqueueOn(overClient(client), 'analyse-vehicle', { car: id }, { now: true })
          const fields = { jobName: { from: null, to: 'analyse-vehicle' }, jobId: { from: null, to: jobId } }
          return { jobId, message: `${title} is being compared with the market.`, action: 'run_job', fields }
        })
      }),
    },
  )
