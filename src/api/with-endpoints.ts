import type { CollectionConfig, Config, Endpoint } from 'payload'

type Endpoints = readonly Endpoint[]

/** Adds endpoints to a collection, under /api/<slug>. */
export const withCollectionEndpoints = (
  collection: CollectionConfig,
  endpoints: Endpoints,
): CollectionConfig => ({
  ...collection,
  endpoints: [...(collection.endpoints || []), ...endpoints],
})

/**
 * Adds the endpoints of a plugin: under /api, and under the paths of collections, by their slugs.
 */
export const withEndpoints = (
  config: Config,
  root: Endpoints,
  byCollection: Readonly<Record<string, Endpoints>> = {},
): Config => ({
  ...config,
  endpoints: [...(config.endpoints ?? []), ...root],
  collections: (config.collections ?? []).map((collection) =>
    withCollectionEndpoints(collection, byCollection[collection.slug] ?? []),
  ),
})
