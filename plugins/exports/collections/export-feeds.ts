import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { choiceTitle } from '../../../src/fields/choice-title.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { checkbox, text } from '../../../src/fields/text.ts'
import { FEEDS } from '../domain/feed-names.ts'
import { feedContentFields } from '../fields/feed-content-fields.ts'
import { feedDeliveryFields } from '../fields/feed-delivery-fields.ts'

/**
 * The settings of one feed. A migration creates one row for each; they are changed, never created
 * or deleted.
 */
export const ExportFeeds: CollectionConfig = {
  slug: 'export-feeds',
  dbName: 'export_feeds',
  labels: { singular: 'Feed', plural: 'Feeds' },
  admin: {
    group: 'Lot',
    useAsTitle: 'feed',
    defaultColumns: ['feed', 'enabled', 'dealerId', 'updatedAt'],
    description: 'Where our cars are listed in addition to our own site.',
  },
  defaultSort: 'feed',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.nobody,
  },
  fields: [
    choiceTitle('feed', FEEDS),
    row(
      choice('feed', 20, FEEDS, {
        required: true,
        unique: true,
        readOnly: true,
        access: { update: permissions.nobody },
        ...third,
      }),
      checkbox('enabled', { defaultValue: false, ...third }),
      text('dealerId', 50, {
        label: 'Dealer ID',
        description: 'Our number at the receiver.',
        ...third,
      }),
    ),
    ...feedContentFields(),
    ...feedDeliveryFields(),
  ],
  custom: { whenEmpty: 'The feeds are created with the database. Run npm run migrate.' },
}
