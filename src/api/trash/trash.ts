import {
  type CollectionSlug,
  type Endpoint,
  isolateObjectProperty,
  type JsonObject,
  type PayloadRequest,
  type TypeWithID,
} from 'payload'
import { z } from 'zod'
import { callers } from '../callers.ts'
import { endpoint } from '../endpoint.ts'
import { buildRowSchema, describeJson } from '../openapi/operation.ts'

/**
 * DELETE moves a row to the trash; with `?trash=true` it deletes permanently, which access.delete
 * allows only to admins. `POST /api/<slug>/:id/restore` restores the row.
 */
export function buildTrashEndpoints(collection: CollectionSlug): Endpoint[] {
  return [
    {
      path: '/:id',
      method: 'delete',
      handler: async (req) => {
        const forGood = req.query['trash'] === 'true'
        const id = String(req.routeParams?.['id'])
        const doc = await deleteOrTrash(req, collection, id, forGood)
        return Response.json({ doc, message: forGood ? 'Deleted permanently.' : 'Moved to trash.' })
      },
    },
    endpoint({
      method: 'post',
      path: '/:id/restore',
      summary: 'Restores a row from the trash',
      access: callers.allowedByRules,
      params: z.object({ id: z.string() }),
      response: describeJson(
        'The row was restored.',
        z.strictObject({ doc: buildRowSchema(collection), message: z.string() }),
      ),
      refusals: [403, 404],
      handler: async ({ req }, { params: { id } }) => ({
        doc: await restoreRow(req, collection, id),
        message: 'Restored.',
      }),
    }),
  ]
}

/**
 * Moves a row to the trash, or deletes it permanently, as far as the caller may. Otherwise, throws
 * Payload's errors.
 */
export function deleteOrTrash(
  callerReq: PayloadRequest,
  collection: CollectionSlug,
  id: string,
  forGood: boolean,
): Promise<unknown> {
  const req = isolateObjectProperty(callerReq, 'transactionID')
  const { payload } = req
  if (forGood)
    return payload.delete({ collection, id, depth: 0, trash: true, overrideAccess: false, req })
  return payload.update({
    collection,
    id,
    depth: 0,
    data: { deletedAt: new Date().toISOString() },
    overrideAccess: false,
    req,
  })
}

function restoreRow(
  req: PayloadRequest,
  collection: CollectionSlug,
  id: string,
): Promise<JsonObject & TypeWithID> {
  const data = { deletedAt: null } as never
  return req.payload.update({
    collection,
    id,
    depth: 0,
    trash: true,
    data,
    overrideAccess: false,
    req,
  })
}
