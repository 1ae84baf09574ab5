import type { Endpoint, SanitizedCollectionConfig, SanitizedConfig } from 'payload'

/** Replaces every endpoint of every collection, in place. Returns the same configuration. */
export function mapEndpoints(
  config: SanitizedConfig,
  change: (endpoint: Endpoint, collection: SanitizedCollectionConfig) => Endpoint,
): SanitizedConfig {
  for (const collection of config.collections)
    if (collection.endpoints)
      collection.endpoints = collection.endpoints.map((endpoint) => change(endpoint, collection))
  return config
}
