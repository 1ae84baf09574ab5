import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { Endpoint } from 'payload'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson, MESSAGE } from '../../../src/api/openapi/operation.ts'
import { FEEDS } from '../domain/feed-names.ts'
import { encryptSecret } from '../runs/feed-secrets.ts'
import { loadDeliverySettings } from '../store/delivery-settings.ts'
import { saveSecrets } from '../store/feed-secrets.ts'
import { CREDENTIALS, FEED_PARAMS } from './delivery-schemas.ts'

/**
 * PUT /api/exports/:feed/credentials { password, privateKey }: stores what a feed signs in with,
 * encrypted. It cannot be read again.
 */
export const saveCredentials: Endpoint = endpoint({
  method: 'put',
  path: '/exports/:feed/credentials',
  summary: 'Stores the password or the private key of a feed',
  access: callers.managers('feeds'),
  params: FEED_PARAMS,
  body: CREDENTIALS,
  bodyExample: '{ "password": "…" }',
  audit: { action: 'save_feed_credentials', resourceType: 'export-feeds' },
  response: describeJson('They are stored.', MESSAGE),
  refusals: [400, 401, 403, 404],
  load: async ({ req }, { feed }) => ({ settings: await loadDeliverySettings(req, feed) }),
  handler: ({ req, settings, runAudited }, { params: { feed }, body }) =>
    runAudited(async (client) => {
      const encrypt = (name: 'password' | 'privateKey') => {
        const secret = body[name]
        return secret ? encryptSecret(req.payload, feed, name, secret) : secret
      }
      const changes = { password: encrypt('password'), privateKey: encrypt('privateKey') }
      await saveSecrets({ db: drizzle(client) }, feed, changes)
      return {
        value: { message: `The credentials of ${FEEDS[feed]} are stored.` },
        resource: settings.id,
        fields: {},
      }
    }),
})
