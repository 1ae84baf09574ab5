import type { Endpoint, SanitizedConfig } from 'payload'
import { type OperationSpec, findOperationSpec } from './operation.ts'

/** One operation of the API: its full path, with `{name}` for each parameter. */
export type Operation = {
  method: string
  path: string
  statement: OperationSpec
}

/** All documented operations: those of the configuration, and these additional ones. */
export function listOperations(
  config: SanitizedConfig,
  additional: readonly Operation[] = [],
): Operation[] {
  const root = listEndpointOperations('/api', config.endpoints)
  const ofCollections = config.collections.flatMap(({ slug, endpoints }) =>
    listEndpointOperations(`/api/${slug}`, endpoints || []),
  )
  return [...root, ...ofCollections, ...additional]
}

function listEndpointOperations(
  base: string,
  endpoints: readonly Omit<Endpoint, 'root'>[],
): Operation[] {
  return endpoints.flatMap((endpoint) => {
    const spec = findOperationSpec(endpoint)
    return spec
      ? [{ method: endpoint.method, path: toOpenApiPath(base + endpoint.path), statement: spec }]
      : []
  })
}

/** A path as OpenAPI writes it: `/jobs/:task/run` is `/jobs/{task}/run`. */
export const toOpenApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')
