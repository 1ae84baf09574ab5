import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import { decodeVinEndpoint } from './endpoints/decode-vin.ts'
import { findRecalls } from './endpoints/find-recalls.ts'

/** The endpoints that tell what a VIN stands for, under /api/vin. */
export const vinPlugin = (): Plugin => (config) =>
  withEndpoints(config, [decodeVinEndpoint, findRecalls])
