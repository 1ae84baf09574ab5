import {
  type CollectionSlug,
  type Endpoint,
  isolateObjectProperty,
  type PayloadRequest,
} from 'payload'
import { z } from 'zod'
import {
  describeJson,
  describeRefusals,
  buildRowSchema,
  documentEndpoint,
} from '../openapi/operation.ts'

/**
 * DELETE moves a row to the trash; with `?trash=true` it deletes permanently, which access.delete
 * allows only to admins. `POST /api/<slug>/:id/restore` restores the row.
 */
export function buildTrashEndpoints(collection: CollectionSlug): Endpoint[] {
  const getRowId = (req: PayloadRequest) => String(req.routeParams?.['id'])
  return [
    {
      path: '/:id',
      method: 'delete',
      handler: async (req) => {
        const forGood = req.query['trash'] === 'true'
        const doc = await deleteOrTrash(req, collection, getRowId(req), forGood)
        return Response.json({ doc, message: forGood ? 'Deleted permanently.' : 'Moved to trash.' })
      },
    },
    documentEndpoint(
      {
        summary: 'Restores a row from the trash',
        audience: ['owner', 'staff'],
        params: z.object({ id: z.string() }),
        responses: {
          200: describeJson(
            'The row was restored.',
            z.strictObject({ doc: buildRowSchema(collection), message: z.string() }),
          ),
          ...describeRefusals(403, 404),
        },
      },
      {
        path: '/:id/restore',
        method: 'post',
        handler: async (req) =>
          Response.json({
            doc: await restoreRow(req, collection, getRowId(req)),
            message: 'Restored.',
          }),
      },
    ),
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

function restoreRow(req: PayloadRequest, collection: CollectionSlug, id: string): Promise<unknown> {
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
