import type { CollectionConfig, Plugin } from 'payload'

/**
 * Stops the start if a collection, ours or a plugin's, does not declare its access completely:
 * Payload's default is "any signed-in user". Must be the last plugin.
 */
export function requireExplicitAccess(): Plugin {
  return (config) => {
    const missing = (config.collections ?? []).flatMap(findMissingAccess)
    if (missing.length === 0) return config
    throw new Error(
      `Access that is not declared is refused: ${missing.join('; ')}. Declare it in the ` +
        "collection's access, using src/access/permissions.ts or rules.ts; " +
        'permissions.nobody refuses everyone.',
    )
  }
}

function findMissingAccess({ slug, access, auth }: CollectionConfig): string[] {
  const operations = [
    'create',
    'read',
    'update',
    'delete',
    ...(auth ? (['unlock', 'admin'] as const) : []),
  ] as const
  const missing = operations.filter((operation) => typeof access?.[operation] !== 'function')
  return missing.length === 0 ? [] : [`${slug} does not declare who may ${missing.join(', ')}`]
}
