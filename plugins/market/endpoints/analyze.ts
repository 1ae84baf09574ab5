import { APIError, type Endpoint } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { wrapClient } from '../../../jobs/boss.ts'
import { runAudited } from '../../../jobs/endpoints/audited-action.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../../src/api/openapi/operation.ts'
import type { MarketSettings } from '../options.ts'
import { NO_SOURCE } from '../tasks/analyze-vehicle.ts'
import { CAR_ID, getRequestedCar, requireMarketManagers } from './auth.ts'
import { getService } from '../../../src/services.ts'

/**
 * POST /api/inventory/:id/analyse: queues the analysis of a car and returns 202 with the job. If a
 * job is already waiting, returns that job; if it failed and waits for its next try, it starts at
 * once. Responds with 409 for a sold car, and if no source is configured.
 */
export const createAnalyzeEndpoint = (settings: MarketSettings): Endpoint =>
  documentEndpoint(
    {
      summary: 'Queue a market analysis of a car, or return the one already queued',
      audience: ['staff'],
      params: CAR_ID,
      responses: {
        202: describeJson('The analysis is queued.', QUEUED),
        ...describeRefusals(401, 403, 404, 409),
      },
    },
    {
      path: '/:id/analyse',
      method: 'post',
      handler: requireMarketManagers(async (req) => {
        const { id, status, title } = await getRequestedCar(req)
        if (status === 'sold')
          throw new APIError(`${title} is sold; only cars for sale can be analyzed.`, 409)
        if (!settings.getSource(req.payload, new Date().toISOString()))
          throw new APIError(NO_SOURCE, 409)
        return runAudited(req, async (client) => {
          const jobId = await getService(req.payload, 'jobs').enqueueOn(
            wrapClient(client),
            'analyse-vehicle',
            { car: id },
            { now: true },
          )
          const fields = {
            jobName: { from: null, to: 'analyse-vehicle' },
            jobId: { from: null, to: jobId },
          }
          return {
            jobId,
            message: `The market analysis of ${title} is queued.`,
            action: 'run_job',
            fields,
          }
        })
      }),
    },
  )
