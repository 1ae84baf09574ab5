import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { json } from '../../../src/fields/lists.ts'
import { longText, text, yesNo } from '../../../src/fields/text.ts'
import { TEMPLATE_KEYS } from '../domain/template-keys.ts'

const byServer = { readOnly: true, access: { create: permissions.nobody, update: permissions.nobody } }

/** The words of one kind of mail. Every kind has its row from the beginning: none is made or deleted, only their words change. */
export const EmailTemplates: CollectionConfig = {
  slug: 'email-templates',
  dbName: 'email_templates',
  labels: { singular: 'E-mail template', plural: 'E-mail templates' },
  admin: {
    group: 'Notifications',
    useAsTitle: 'name',
    defaultColumns: ['name', 'subject', 'isActive', 'updatedAt'],
    listSearchableFields: ['name', 'subject', 'body'],
    description: 'What the mails to owners say.',
  },
  defaultSort: 'name',
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.canEditTemplates,
    delete: permissions.nobody,
  },
  fields: [
    text('name', 100, { required: true }),
    longText('description', { describe: 'When this mail is sent. Only staff read it.' }),
    text('subject', 255, { required: true, describe: 'May hold placeholders, as the text may.' }),
    longText('body', {
      required: true,
      label: 'Text',
      describe: 'Plain text. A placeholder such as {{ vehicleName }} is filled in for each owner; those there are stand below.',
      admin: { rows: 14 },
    }),
    json('variables', {
      ...byServer,
      shape: 'array',
      defaultValue: [],
      label: 'Placeholders',
      describe: 'What may stand between {{ and }}.',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
    choice('templateKey', 50, TEMPLATE_KEYS, {
      ...byServer,
      required: true,
      unique: true,
      label: 'Occasion',
      admin: { position: 'sidebar' },
    }),
    yesNo('isActive', {
      defaultValue: true,
      label: 'Sent',
      describe: 'When off, no mail of this kind is sent.',
      admin: { position: 'sidebar' },
    }),
  ],
}
