import type { Plugin } from 'payload'
import { catalogEndpoints } from './endpoints/choices.ts'

/** The endpoints of the catalog, under /api/catalog. */
export const catalogPlugin = (): Plugin => (config) => ({
  ...config,
  endpoints: [...(config.endpoints ?? []), ...catalogEndpoints],
})
