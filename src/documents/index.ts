import type { Plugin } from 'payload'
import { withEndpoints } from '../api/with-endpoints.ts'
import type { Settings } from '../env.ts'
import { withTables } from '../database/with-tables.ts'
import { buildDocumentsStatus } from './endpoints/documents-status.ts'
import { fileEndpoints } from './endpoints/files.ts'
import { buildFileEndpoints } from './endpoints/files-of-row.ts'
import { vehicleImageEndpoints } from './endpoints/vehicle-image.ts'
import { documentTables } from './tables.ts'

/**
 * The files of owners: any number for a document, a fuel log or a maintenance log, and the photo of
 * a vehicle; and which documents are valid.
 */
export const documentsPlugin =
  (settings: Settings): Plugin =>
  (config) =>
    withEndpoints(withTables(config, documentTables), fileEndpoints, {
      documents: buildFileEndpoints('documents', 'a document'),
      'fuel-logs': buildFileEndpoints('fuel-logs', 'a fuel log'),
      'maintenance-logs': buildFileEndpoints('maintenance-logs', 'a maintenance log'),
      vehicles: [...vehicleImageEndpoints, buildDocumentsStatus(settings.DUE_SOON_DAYS)],
    })
