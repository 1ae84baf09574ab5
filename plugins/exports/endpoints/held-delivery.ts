import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { wrapClient } from '../../../jobs/boss.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeBytes, describeJson, MESSAGE } from '../../../src/api/openapi/operation.ts'
import { getService } from '../../../src/services.ts'
import { DELIVERY_STATES } from '../domain/delivery-states.ts'
import { FEEDS } from '../domain/feed-names.ts'
import { type Delivery, findDelivery, moveDelivery } from '../store/deliveries.ts'
import { EXPORT_FEED } from '../tasks/export-feed.ts'
import { MANUAL_RUN } from './deliver-feed.ts'
import { DELIVERY_PARAMS } from './delivery-schemas.ts'
import { respondWithDelivery } from './respond-with-delivery.ts'

async function loadDelivery(req: PayloadRequest, id: string): Promise<{ delivery: Delivery }> {
  const delivery = await findDelivery(req, id)
  if (delivery) return { delivery }
  throw new APIError('This delivery does not exist.', 404)
}

const createConflict = ({ state }: Pick<Delivery, 'state'>) =>
  new APIError(
    `This delivery is not held any more: it is ${DELIVERY_STATES[state].toLowerCase()}. Reload it.`,
    409,
    undefined,
    true,
  )

/**
 * POST /api/feed-deliveries/:id/release: sends a held file as it is. Of several managers at the
 * same time, one succeeds; the others get a 409.
 */
export const releaseDelivery: Endpoint = endpoint({
  method: 'post',
  path: '/:id/release',
  summary: 'Releases a held delivery, which is then sent',
  access: callers.managers('deliveries'),
  params: DELIVERY_PARAMS,
  audit: { action: 'release_delivery', resourceType: 'feed-deliveries' },
  response: describeJson('It is released.', MESSAGE),
  refusals: [401, 403, 404, 409],
  load: ({ req }, { id }) => loadDelivery(req, id),
  handler: ({ req, delivery, runAudited }) =>
    runAudited(async (client) => {
      const { id, feed } = delivery
      const context = { db: drizzle(client) }
      if (!(await moveDelivery(context, id, ['held'], 'released')))
        throw createConflict((await findDelivery(req, id)) ?? delivery)
      await getService(req.payload, 'jobs').enqueueOn(
        wrapClient(client),
        EXPORT_FEED,
        { feed },
        MANUAL_RUN,
      )
      return {
        value: { message: `${FEEDS[feed]} is being sent.` },
        resource: id,
        fields: { state: { from: 'held', to: 'released' } },
      }
    }),
})

/** POST /api/feed-deliveries/:id/reject: a held file is not sent. */
export const rejectDelivery: Endpoint = endpoint({
  method: 'post',
  path: '/:id/reject',
  summary: 'Rejects a held delivery, which is not sent',
  access: callers.managers('deliveries'),
  params: DELIVERY_PARAMS,
  audit: { action: 'reject_delivery', resourceType: 'feed-deliveries' },
  response: describeJson('It is rejected.', MESSAGE),
  refusals: [401, 403, 404, 409],
  load: ({ req }, { id }) => loadDelivery(req, id),
  handler: ({ req, delivery, runAudited }) =>
    runAudited(async (client) => {
      const { id, feed, error } = delivery
      if (!(await moveDelivery({ db: drizzle(client) }, id, ['held'], 'rejected', error)))
        throw createConflict((await findDelivery(req, id)) ?? delivery)
      return {
        value: { message: `The file for ${FEEDS[feed]} is not sent.` },
        resource: id,
        fields: { state: { from: 'held', to: 'rejected' } },
      }
    }),
})

/** GET /api/feed-deliveries/:id/file: the file of a delivery, for staff. */
export const downloadDelivery: Endpoint = endpoint({
  method: 'get',
  path: '/:id/file',
  summary: 'Downloads the file of a delivery',
  access: callers.staff('deliveries'),
  params: DELIVERY_PARAMS,
  response: describeBytes('The file, in the type of its format.', '*/*'),
  refusals: [401, 403, 404],
  load: ({ req }, { id }) => loadDelivery(req, id),
  handler: ({ req, delivery }) => {
    if (delivery.fileKey === null) throw new APIError('This delivery has no file.', 404)
    return respondWithDelivery(req, delivery)
  },
})
