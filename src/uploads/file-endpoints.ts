import {
  APIError,
  type Endpoint,
  Forbidden,
  NotFound,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type SanitizedConfig,
  type Where,
} from 'payload'
import { mapEndpoints } from '../api/map-endpoints.ts'

/**
 * Corrects the file endpoints: a file without a row is a 404, like a missing row, and Payload's
 * parameter `prefix`, which only other storages use, is a 400. Wraps the endpoints of the complete
 * configuration.
 */
export const correctFileEndpoints = (config: SanitizedConfig): SanitizedConfig =>
  mapEndpoints(config, correctFileEndpoint)

function correctFileEndpoint(endpoint: Endpoint, collection: SanitizedCollectionConfig): Endpoint {
  if (endpoint.path !== '/file/:filename') return endpoint
  const handler: Endpoint['handler'] = async (req) => {
    if ('prefix' in req.query)
      throw new APIError('The parameter "prefix" is unknown. Leave it out.', 400, undefined, true)
    try {
      return await endpoint.handler(req)
    } catch (error) {
      if (error instanceof Forbidden && !(await isStored(req, collection)))
        throw new NotFound(req.t)
      throw error
    }
  }
  return { ...endpoint, handler }
}

/** Whether a row has the file that the path names, as its file or as one of its sizes. */
async function isStored(
  { payload, routeParams }: PayloadRequest,
  { slug, upload }: SanitizedCollectionConfig,
): Promise<boolean> {
  const filename = String(routeParams?.['filename'])
  if (filename.includes('\0')) return false
  const columns = [
    'filename',
    ...(upload.imageSizes ?? []).map(({ name }) => `sizes.${name}.filename`),
  ]
  const where: Where = { or: columns.map((column) => ({ [column]: { equals: filename } })) }
  return (await payload.db.count({ collection: slug, where })).totalDocs > 0
}
