import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { normalizeVin } from '../../../src/domain/vin.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { text } from '../../../src/fields/text.ts'

/**
 * The cached response of a source for one VIN, kept until it expires to avoid a second paid
 * request.
 */
export const VinEvaluationCache: CollectionConfig = {
  slug: 'vin-evaluation-cache',
  dbName: 'vin_evaluation_cache',
  labels: { singular: 'VIN evaluation', plural: 'VIN evaluations' },
  admin: {
    group: 'Market',
    useAsTitle: 'vin',
    defaultColumns: ['vin', 'source', 'cachedAt', 'expiresAt'],
    listSearchableFields: ['vin', 'source'],
    description: 'Cached valuations by VIN. If you delete one, it is fetched again when needed.',
  },
  defaultSort: '-cachedAt',
  timestamps: false,
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    text('vin', 17, { required: true, unique: true, label: 'VIN', normalize: normalizeVin }),
    row(
      text('source', 50, third),
      instant('cachedAt', { ...third, label: 'Cached', column: { defaultNow: true } }),
      instant('expiresAt', { ...third, index: true, label: 'Expires' }),
    ),
    json('evaluationData', {
      max: 1_000_000,
      label: 'Response',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
  ],
  custom: { whenEmpty: 'The market value of a VIN appears here after someone requests it.' },
}
