import type { Plugin } from 'payload'
import { ExportLogs } from './collections/export-logs.ts'

/** Exports of the cars for sale to external platforms. */
export const exportsPlugin = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), ExportLogs],
})
