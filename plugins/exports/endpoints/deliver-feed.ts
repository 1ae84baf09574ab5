import { APIError, type Endpoint } from 'payload'
import { QUEUED } from '../../../jobs/api-schemas.ts'
import { wrapClient } from '../../../jobs/boss.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { getService } from '../../../src/services.ts'
import { FEEDS } from '../domain/feed-names.ts'
import { loadDeliverySettings } from '../store/delivery-settings.ts'
import { EXPORT_FEED } from '../tasks/export-feed.ts'
import { FEED_PARAMS } from './delivery-schemas.ts'

/** The options of a job that a person waits for: it starts at once. */
export const MANUAL_RUN = { now: true, priority: 1 }

/**
 * POST /api/exports/:feed/deliver: queues the delivery of a feed, or returns the job that already
 * waits or runs.
 */
export const deliverFeed: Endpoint = endpoint({
  method: 'post',
  path: '/exports/:feed/deliver',
  summary: 'Delivers a feed now',
  access: callers.managers('feeds'),
  params: FEED_PARAMS,
  audit: { action: 'deliver_feed', resourceType: 'export-feeds' },
  status: 202,
  response: describeJson('The delivery is queued.', QUEUED),
  refusals: [401, 403, 404, 409],
  load: async ({ req }, { feed }) => {
    const settings = await loadDeliverySettings(req, feed)
    if (!settings.enabled)
      throw new APIError(`${FEEDS[feed]} is turned off. Turn on Enabled first.`, 409)
    if (settings.delivery === 'none')
      throw new APIError(`Choose how ${FEEDS[feed]} is delivered first.`, 409)
    return { settings }
  },
  handler: ({ req, settings, runAudited }, { params: { feed } }) =>
    runAudited(async (client) => {
      const jobId = await getService(req.payload, 'jobs').enqueueOn(
        wrapClient(client),
        EXPORT_FEED,
        { feed },
        MANUAL_RUN,
      )
      return {
        value: { jobId, message: `The delivery of ${FEEDS[feed]} is queued.` },
        resource: settings.id,
        fields: { jobId: { from: null, to: jobId } },
      }
    }),
})
