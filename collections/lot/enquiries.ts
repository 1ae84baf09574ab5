import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { choice } from '../../src/fields/choice.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { emailAddress, text, textarea } from '../../src/fields/text.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const sent = { readOnly: true, access: byServer }

/**
 * What somebody asked about a car on the public site. Staff answer outside of Forecourt and keep
 * here how far they are. The title of the car is kept after the car is deleted. What identifies the
 * person is erased a year after the last change.
 */
export const Enquiries: CollectionConfig = {
  slug: 'enquiries',
  dbName: 'enquiries',
  labels: { singular: 'Enquiry', plural: 'Enquiries' },
  admin: {
    group: 'Lot',
    useAsTitle: 'carTitle',
    defaultColumns: ['carTitle', 'name', 'email', 'phone', 'status', 'assignee', 'createdAt'],
    listSearchableFields: ['carTitle', 'name', 'email', 'phone'],
    description: 'What customers asked about cars on your website.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    row(
      text('carTitle', 255, { ...sent, label: 'About', ...half }),
      belongsTo('inventory', 'inventory', {
        ...sent,
        label: 'Car',
        column: { onDelete: 'set null' },
        ...half,
      }),
    ),
    row(
      text('name', 100, { ...sent, ...third }),
      emailAddress('email', { ...sent, ...third }),
      text('phone', 30, { ...sent, ...third }),
    ),
    textarea('message', sent),
    row(
      choice(
        'status',
        20,
        { new: 'New', answered: 'Answered', closed: 'Closed' },
        { required: true, defaultValue: 'new', ...third },
      ),
      belongsTo('assignee', 'users', {
        description: 'Who answers it.',
        column: { onDelete: 'set null' },
        ...third,
      }),
    ),
  ],
  custom: {
    whenEmpty: 'An enquiry appears here when a customer asks about a car on your website.',
  },
}
