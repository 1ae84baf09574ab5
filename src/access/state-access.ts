import type { CollectionConfig, Plugin } from 'payload'

/**
 * Stops the start when a collection, of ours or a plugin's, does not say who may do what: Payload takes silence for "anybody who is
 * signed in", whoever that is. Goes last among the plugins.
 */
export function stateAccess(): Plugin {
  return (config) => {
    const silent = (config.collections ?? []).flatMap(silences)
    if (silent.length === 0) return config
    throw new Error(
      `Unsaid means refused: ${silent.join('; ')}. Say it in the collection's access, with one of src/access/permissions.ts or rules.ts; permissions.nobody refuses all.`,
    )
  }
}

function silences({ slug, access, auth }: CollectionConfig): string[] {
  const operations = ['create', 'read', 'update', 'delete', ...(auth ? (['unlock', 'admin'] as const) : [])] as const
  const unsaid = operations.filter((operation) => typeof access?.[operation] !== 'function')
  return unsaid.length === 0 ? [] : [`${slug} does not say who may ${unsaid.join(', ')}`]
}
