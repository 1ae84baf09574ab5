import type { Endpoint, SanitizedConfig } from 'payload'
import { type Statement, statementOf } from './operation.ts'

/** One operation of the API: its path from the origin on, with `{name}` for a part that varies. */
export type Operation = { method: string; path: string; statement: Statement }

/** Every operation that states what it takes and answers: of the configuration, and these beside it. */
export function operationsOf(config: SanitizedConfig, beside: readonly Operation[] = []): Operation[] {
  const root = operations('/api', config.endpoints)
  const ofCollections = config.collections.flatMap(({ slug, endpoints }) => operations(`/api/${slug}`, endpoints || []))
  return [...root, ...ofCollections, ...beside]
}

function operations(base: string, endpoints: readonly Omit<Endpoint, 'root'>[]): Operation[] {
  return endpoints.flatMap((endpoint) => {
    const statement = statementOf(endpoint)
    return statement ? [{ method: endpoint.method, path: pathOf(base + endpoint.path), statement }] : []
  })
}

/** A path as OpenAPI writes it: `/jobs/:task/run` is `/jobs/{task}/run`. */
export const pathOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')
