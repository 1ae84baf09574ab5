import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { textarea, text } from '../../../src/fields/text.ts'

/** One export of the lot to one platform, and its result. Never changed, never deleted. */
export const ExportLogs: CollectionConfig = {
  slug: 'export-logs',
  dbName: 'export_logs',
  labels: { singular: 'Export', plural: 'Exports' },
  admin: {
    group: 'System',
    useAsTitle: 'platform',
    defaultColumns: ['platform', 'status', 'vehicleCount', 'exportedAt', 'errorMessage'],
    listSearchableFields: ['platform'],
    description: 'Which cars were exported to which platform, and when.',
  },
  defaultSort: '-exportedAt',
  timestamps: false,
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    row(
      text('platform', 255, { ...third, description: 'jekyll, autotrader, …' }),
      choice('status', 20, { success: 'Success', failure: 'Failure' }, third),
      wholeNumber('vehicleCount', { min: 0, ...third, label: 'Cars' }),
    ),
    textarea('errorMessage', { label: 'Error' }),
    instant('exportedAt', { label: 'Exported' }),
  ],
  custom: {
    whenEmpty: 'An entry appears here when a feed is delivered, or cannot be.',
  },
}
