import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import { catalogEndpoints } from './endpoints/choices.ts'

/** The endpoints of the catalog, under /api/catalog. */
export const catalogPlugin = (): Plugin => (config) => withEndpoints(config, catalogEndpoints)
