import type { Plugin } from 'payload'
import { ExportLogs } from './collections/export-logs.ts'

/** Where the cars of the lot are advertised besides our own pages. */
export const exportsPlugin = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), ExportLogs],
})
