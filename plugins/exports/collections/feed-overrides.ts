import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { choice } from '../../../src/fields/choice.ts'
import { choiceTitle } from '../../../src/fields/choice-title.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { money } from '../../../src/fields/money.ts'
import { checkbox, text } from '../../../src/fields/text.ts'
import { FEEDS } from '../domain/feed-names.ts'

/**
 * What one feed says about one car instead of what the car says: that it is left out, another title
 * or another price. Deleted with its car.
 */
export const FeedOverrides: CollectionConfig = {
  slug: 'feed-overrides',
  dbName: 'feed_overrides',
  labels: { singular: 'Feed exception', plural: 'Feed exceptions' },
  admin: {
    group: 'Lot',
    useAsTitle: 'feed',
    defaultColumns: ['car', 'feed', 'excluded', 'title', 'price'],
    description: 'Cars that a feed lists differently. The tab Feeds of a car changes them.',
  },
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.canManageLot,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.canManageLot,
  },
  fields: [
    choiceTitle('feed', FEEDS),
    row(
      belongsTo('car', 'inventory', {
        required: true,
        column: { onDelete: 'cascade' },
        ...half,
      }),
      choice('feed', 20, FEEDS, { required: true, ...half }),
    ),
    checkbox('excluded', {
      defaultValue: false,
      label: 'Leave out',
      description: 'The feed does not list this car.',
    }),
    row(
      text('title', 150, { ...half, description: 'If empty, year, make, model and trim.' }),
      money('price', { min: 0.01, ...half, description: 'If empty, the price of the car.' }),
    ),
  ],
  custom: {
    whenEmpty: 'A row appears here when a car is switched off for a feed, or listed differently.',
    table: {
      indexes: [{ name: 'feed_overrides_car_feed_idx', on: 'car_id, feed', unique: true }],
    },
  },
}
