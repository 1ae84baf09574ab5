import { randomBytes } from 'node:crypto'
import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeBytes, describeJson } from '../../../src/api/openapi/operation.ts'
import { limitAddress, limitKey } from '../../../src/auth/rate-limits/request-limits.ts'
import { loadDeliverySettings } from '../store/delivery-settings.ts'
import { findLatest } from '../store/deliveries.ts'
import { hasPullKey, savePullKey } from '../store/feed-secrets.ts'
import { FEED_PARAMS, PULL_ADDRESS } from './delivery-schemas.ts'
import { respondWithDelivery } from './respond-with-delivery.ts'

const KEY_BYTES = 32

/** POST /api/exports/:feed/pull-key: a new secret address of a feed, instead of the one before. */
export const createPullKey: Endpoint = endpoint({
  method: 'post',
  path: '/exports/:feed/pull-key',
  summary: 'Creates a new secret address for a feed that its receiver fetches',
  access: callers.managers('feeds'),
  params: FEED_PARAMS,
  audit: { action: 'create_pull_address', resourceType: 'export-feeds' },
  status: 201,
  response: describeJson('The new address; an earlier one no longer works.', PULL_ADDRESS),
  refusals: [401, 403, 404],
  load: async ({ req }, { feed }) => ({ settings: await loadDeliverySettings(req, feed) }),
  handler: ({ req, settings, runAudited }, { params: { feed } }) =>
    runAudited(async (client) => {
      const key = randomBytes(KEY_BYTES).toString('base64url')
      await savePullKey({ db: drizzle(client) }, feed, key)
      return {
        value: { url: `${req.payload.config.serverURL}/api/exports/${feed}/pull?key=${key}` },
        resource: settings.id,
        fields: {},
      }
    }),
})

const NOT_FOUND = 'There is no such feed, or its address was replaced.'
const NO_FILE = 'This feed has not been delivered yet.'

/**
 * GET /api/exports/:feed/pull?key=…: the last delivered file of a feed, for receivers that cannot
 * sign in; never one that is held. A wrong key is a 404, like a feed that is not fetched.
 */
export const pullFeed: Endpoint = endpoint({
  method: 'get',
  path: '/exports/:feed/pull',
  summary: 'The last delivered file of a feed, by its secret address',
  access: callers.anybody,
  params: FEED_PARAMS,
  query: z.object({ key: z.string().max(200).optional() }),
  response: describeBytes('The file, in the type of its format.', '*/*'),
  refusals: [404, 429],
  handler: async ({ req }, { params: { feed }, query: { key = '' } }) => {
    await limitAddress(req, 'feed:address')
    const isKey = await hasPullKey(req, feed, key)
    const settings = isKey ? await loadDeliverySettings(req, feed) : null
    if (!settings?.enabled || settings.delivery !== 'pull')
      throw new APIError(NOT_FOUND, 404, undefined, true)
    await limitKey(req, 'feed:pull', feed)
    const delivery = await findLatest(req, feed, 'delivered')
    if (!delivery) throw new APIError(NO_FILE, 404, undefined, true)
    return respondWithDelivery(req, delivery)
  },
})
