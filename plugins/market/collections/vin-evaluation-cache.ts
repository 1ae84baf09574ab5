import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { normalizeVin } from '../../../src/domain/vin.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { text } from '../../../src/fields/text.ts'

/**
 * What a source answered about one VIN, kept until it expires so that it is not asked, and paid,
 * twice.
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
    description:
      'Answers about VINs that are kept for a while. Deleting one has it asked for again.',
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
      instant('cachedAt', { ...third, label: 'Answered', column: { defaultNow: true } }),
      instant('expiresAt', { ...third, index: true, label: 'Kept until' }),
    ),
    json('evaluationData', {
      max: 1_000_000,
      label: 'Answer',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
  ],
  custom: { whenEmpty: 'The market value of a VIN appears here once somebody has requested it.' },
}
