import { APIError, type Endpoint } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { wrapClient } from '../../../jobs/boss.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import type { MarketSettings } from '../options.ts'
import { NO_SOURCE } from '../tasks/analyze-vehicle.ts'
import { CAR_ID, createNoCarError, loadRequestedCar } from './requested-car.ts'
import { getService } from '../../../src/services.ts'

/**
 * POST /api/inventory/:id/analyse: queues the analysis of a car and returns 202 with the job. If a
 * job is already waiting, returns that job; if it failed and waits for its next try, it starts at
 * once. Responds with 409 for a sold car, and if no source is configured.
 */
export const createAnalyzeEndpoint = (settings: MarketSettings): Endpoint =>
  endpoint({
    method: 'post',
    path: '/:id/analyse',
    summary: 'Queue a market analysis of a car, or return the one already queued',
    access: callers.managers('market data'),
    params: CAR_ID,
    inputErrors: { params: createNoCarError },
    audit: { action: 'run_job', resourceType: 'job-history' },
    status: 202,
    response: describeJson('The analysis is queued.', QUEUED),
    refusals: [401, 403, 404, 409],
    load: loadRequestedCar,
    handler: ({ req, car: { id, status, title }, runAudited }) => {
      if (status === 'sold')
        throw new APIError(`${title} is sold; only cars for sale can be analyzed.`, 409)
      if (!settings.getSource(req.payload, new Date().toISOString()))
        throw new APIError(NO_SOURCE, 409)
      return runAudited(async (client) => {
        const jobId = await getService(req.payload, 'jobs').enqueueOn(
          wrapClient(client),
          'analyse-vehicle',
          { car: id },
          { now: true },
        )
        return {
          value: { jobId, message: `The market analysis of ${title} is queued.` },
          fields: {
            jobName: { from: null, to: 'analyse-vehicle' },
            jobId: { from: null, to: jobId },
          },
        }
      })
    },
  })
