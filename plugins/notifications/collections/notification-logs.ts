import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { rules } from '../../../src/access/rules.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, third } from '../../../src/fields/layout.ts'
import { emailAddress, textarea, untypedReference, text } from '../../../src/fields/text.ts'
import { findTemplateKeyProblem } from '../domain/template-keys.ts'

const isTemplateKey: TextFieldSingleValidation = (value) =>
  value ? (findTemplateKeyProblem(value) ?? true) : true

const OWNER = {
  Field: '/src/admin/garage/owner-picker.tsx#OwnerPicker',
  Cell: '/src/admin/garage/owner-cell.tsx#OwnerCell',
}

/** One message to one owner and its status. Not editable, never deleted. */
export const NotificationLogs: CollectionConfig = {
  slug: 'notification-logs',
  dbName: 'notification_logs',
  labels: { singular: 'Notification', plural: 'Notifications' },
  admin: {
    group: 'Notifications',
    useAsTitle: 'templateKey',
    defaultColumns: ['sentAt', 'userId', 'templateKey', 'notificationType', 'status', 'subject'],
    listSearchableFields: ['recipientEmail', 'subject', 'templateKey'],
    description: 'Messages sent to owners, and when.',
  },
  defaultSort: '-sentAt',
  timestamps: false,
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: rules.ownRowsOrStaffAdmin,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    text('userId', 255, {
      required: true,
      index: true,
      label: 'Owner',
      admin: { components: OWNER },
    }),
    row(
      choice(
        'notificationType',
        20,
        { email: 'E-mail', toast: 'On screen' },
        { required: true, ...third, label: 'Channel' },
      ),
      text('templateKey', 50, {
        required: true,
        ...third,
        label: 'Event',
        validate: isTemplateKey,
      }),
      choice(
        'status',
        20,
        { pending: 'Pending', sent: 'Sent', failed: 'Failed' },
        { ...third, defaultValue: 'sent' },
      ),
    ),
    row(emailAddress('recipientEmail', { ...half, label: 'Sent to' }), text('subject', 255, half)),
    row(
      text('referenceType', 50, {
        ...half,
        label: 'About',
        description: 'The table of the related record.',
      }),
      untypedReference('referenceId', { ...half, label: 'Record' }),
    ),
    textarea('errorMessage', { label: 'Error' }),
    instant('sentAt', { index: true, label: 'Sent', column: { defaultNow: true } }),
  ],
  custom: {
    notYet: {
      words: 'Owners do not get notifications yet, so nothing new appears in this list.',
      whole: true,
    },
    table: {
      indexes: [{ name: 'notification_logs_reference_idx', on: 'reference_type, reference_id' }],
    },
  },
}
