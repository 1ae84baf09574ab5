import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { bigNumber, wholeNumber } from '../../../src/fields/numbers.ts'
import { text, textarea, untypedReference } from '../../../src/fields/text.ts'
import { DELIVERY_STATES } from '../domain/delivery-states.ts'
import { FEEDS } from '../domain/feed-names.ts'

/**
 * One file that was made for a feed, and what became of it. Written by the task `export-feed`;
 * managers release or reject those that are held. Removed after 90 days, except for the last 30 of
 * each feed. `cars` is the number of cars in the file; `changes` are those that differ from the
 * last delivered file, with prices in cents.
 */
export const FeedDeliveries: CollectionConfig = {
  slug: 'feed-deliveries',
  dbName: 'feed_deliveries',
  labels: { singular: 'Delivery', plural: 'Deliveries' },
  admin: {
    group: 'Lot',
    useAsTitle: 'fileName',
    defaultColumns: ['createdAt', 'feed', 'state', 'summary', 'cars', 'leftOut', 'error'],
    listSearchableFields: ['fileName', 'error'],
    description: 'The files that were sent to the receivers of our feeds, with what changed.',
  },
  defaultSort: '-createdAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    row(
      choice('feed', 20, FEEDS, { required: true, ...third }),
      choice('state', 20, DELIVERY_STATES, { required: true, ...third }),
      text('summary', 100, { ...third, label: 'Changes' }),
    ),
    row(
      wholeNumber('cars', { min: 0, ...third }),
      wholeNumber('leftOut', { min: 0, ...third, label: 'Cars left out' }),
      wholeNumber('added', { min: 0, ...third, label: 'Cars added' }),
    ),
    row(
      wholeNumber('removed', { min: 0, ...third, label: 'Cars removed' }),
      wholeNumber('repriced', { min: 0, ...third, label: 'Cars with another price' }),
      bigNumber('bytes', { ...third, label: 'Size in bytes' }),
    ),
    textarea('error', { label: 'Why it failed or is held' }),
    json('changes', {
      shape: 'array',
      label: 'Changed cars',
      admin: { components: { Field: '/plugins/exports/admin/change-list.tsx#ChangeList' } },
    }),
    row(
      text('fileName', 100, { ...third, label: 'File' }),
      text('sha256', 64, { ...third, label: 'SHA-256' }),
      text('fileKey', 100, { hidden: true, ...third, label: 'Stored as' }),
    ),
    row(
      instant('createdAt', { label: 'Made', column: { defaultNow: true }, ...third }),
      instant('finishedAt', { label: 'Sent', ...third }),
      untypedReference('jobId', { label: 'Job', ...third }),
    ),
  ],
  custom: {
    whenEmpty: 'A delivery appears here when a feed is turned on and its time has come.',
    table: {
      indexes: [{ name: 'feed_deliveries_feed_idx', on: 'feed, created_at DESC' }],
    },
  },
}
