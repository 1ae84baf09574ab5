import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { MAIL_STATUSES } from '../../src/mail/mail-status.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { previewMail } from '../../src/mail/preview.ts'
import { emailAddress, textarea, text } from '../../src/fields/text.ts'

const readOnlyField = { readOnly: true } as const
const noAccess = {
  create: permissions.nobody,
  read: permissions.nobody,
  update: permissions.nobody,
} as const

/**
 * One outgoing or sent e-mail. Written by src/mail in the transaction of the change that it
 * reports, and sent by the task `send-mail`; not editable. The body may contain a link that grants
 * access to an account, so no route returns it, and the screen masks its links outside `local`.
 */
export const OutgoingMails: CollectionConfig = {
  slug: 'outgoing-mails',
  dbName: 'outgoing_mails',
  labels: { singular: 'E-mail', plural: 'Outbox' },
  admin: {
    group: 'System',
    useAsTitle: 'subject',
    defaultColumns: ['subject', 'to', 'status', 'createdAt', 'sentAt', 'answer'],
    listSearchableFields: ['subject', 'to', 'about'],
    description: 'E-mails from the last 30 days, and their status.',
    pagination: { defaultLimit: 50, limits: [25, 50, 100] },
  },
  defaultSort: '-createdAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaffAdmin,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  endpoints: [previewMail],
  fields: [
    row(
      emailAddress('to', {
        ...readOnlyField,
        required: true,
        column: { name: 'recipient' },
        ...half,
      }),
      text('subject', 255, { ...readOnlyField, required: true, ...half }),
    ),
    {
      type: 'ui',
      name: 'preview',
      admin: { components: { Field: '/src/admin/mail/mail-preview.tsx#MailPreview' } },
    },
    row(
      choice('status', 20, MAIL_STATUSES, {
        ...readOnlyField,
        required: true,
        defaultValue: 'waiting',
        ...third,
        admin: { components: { Cell: '/src/admin/mail/mail-status-cell.tsx#MailStatusCell' } },
      }),
      wholeNumber('attempts', {
        ...readOnlyField,
        required: true,
        min: 0,
        defaultValue: 0,
        ...third,
      }),
      text('about', 50, { ...readOnlyField, label: 'Type', index: true, ...third }),
    ),
    textarea('answer', {
      ...readOnlyField,
      label: 'Server response',
      description: 'The mail server’s response, or why it could not be reached.',
    }),
    row(
      instant('createdAt', {
        ...readOnlyField,
        label: 'Created',
        index: true,
        column: { defaultNow: true },
        ...third,
      }),
      instant('sentAt', { ...readOnlyField, label: 'Sent', ...third }),
      instant('nextAttemptAt', { ...readOnlyField, label: 'Next attempt', ...third }),
    ),
    emailAddress('replyTo', { ...readOnlyField, hidden: true }),
    { ...textarea('text', { required: true, access: noAccess, hidden: true }), hidden: true },
    { ...textarea('html', { access: noAccess, hidden: true }), hidden: true },
    wholeNumber('handedOver', { required: true, min: 0, defaultValue: 0, hidden: true }),
  ],
  custom: {
    whenEmpty: 'An e-mail appears here when Forecourt creates one, such as an invitation.',
  },
}
