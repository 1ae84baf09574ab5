import type { CollectionConfig, Endpoint, Plugin } from 'payload'
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
  (config) => {
    const own: Readonly<Record<string, readonly Endpoint[]>> = {
      documents: buildFileEndpoints('documents', 'a document'),
      'fuel-logs': buildFileEndpoints('fuel-logs', 'a fuel log'),
      'maintenance-logs': buildFileEndpoints('maintenance-logs', 'a maintenance log'),
      vehicles: [...vehicleImageEndpoints, buildDocumentsStatus(settings.DUE_SOON_DAYS)],
    }
    const extend = (collection: CollectionConfig): CollectionConfig => ({
      ...collection,
      endpoints: [...(collection.endpoints || []), ...(own[collection.slug] ?? [])],
    })
    return {
      ...withTables(config, documentTables),
      endpoints: [...(config.endpoints ?? []), ...fileEndpoints],
      collections: (config.collections ?? []).map((collection) =>
        collection.slug in own ? extend(collection) : collection,
      ),
    }
  }
