import type { Endpoint } from 'payload'
import { describeSchedule } from '../../../jobs/schedule/describe-schedule.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import type { ExportOptions } from '../options.ts'
import { type Delivery, findLastRun, listDeliveries } from '../store/deliveries.ts'
import { loadSecrets } from '../store/feed-secrets.ts'
import { DELIVERY_STATUS, FEED_PARAMS } from './delivery-schemas.ts'

/** How many deliveries a feed's screen shows. */
const SHOWN = 10

/**
 * GET /api/exports/:feed/delivery: when a feed is delivered, which secrets are stored, and the last
 * deliveries. Never a secret itself.
 */
export const createStatusEndpoint = ({ schedules }: ExportOptions): Endpoint =>
  endpoint({
    method: 'get',
    path: '/exports/:feed/delivery',
    summary: 'How a feed was delivered lately',
    access: callers.staff('feeds'),
    params: FEED_PARAMS,
    response: describeJson('The state of the delivery.', DELIVERY_STATUS),
    refusals: [401, 403, 404],
    handler: async ({ req }, { params: { feed } }) => {
      const { password, privateKey, hasPullKey } = await loadSecrets(req, feed)
      const schedule = schedules[feed]
      return {
        schedule: schedule ? describeSchedule(schedule.cron, schedule.timeZone) : null,
        lastRunAt: await findLastRun(req, feed),
        hasPassword: password !== null,
        hasPrivateKey: privateKey !== null,
        hasPullKey,
        deliveries: (await listDeliveries(req, feed, SHOWN)).map(describeDelivery),
      }
    },
  })

const describeDelivery = ({ feed: _, sha256: __, fileKey: ___, ...shown }: Delivery) => shown
