import type { CollectionConfig, Validate } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { json } from '../../../src/fields/lists.ts'
import { textarea, text, checkbox } from '../../../src/fields/text.ts'
import { allowUnchanged } from '../../../src/fields/allow-unchanged.ts'
import { findPlaceholderProblem } from '../domain/placeholders.ts'
import { findPlaceholders, TEMPLATE_KEYS } from '../domain/template-keys.ts'

const byServer = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
}

/** Refuses unknown placeholders. The event of the row determines which placeholders exist. */
const hasKnownPlaceholders: Validate<string> = allowUnchanged((value, { data }) => {
  const { templateKey } = data as { templateKey?: unknown }
  return findPlaceholderProblem(value ?? '', findPlaceholders(templateKey)) ?? true
})

/**
 * The template of one type of e-mail. All rows exist from the start: none can be created or
 * deleted, only edited.
 */
export const EmailTemplates: CollectionConfig = {
  slug: 'email-templates',
  dbName: 'email_templates',
  labels: { singular: 'E-mail template', plural: 'E-mail templates' },
  admin: {
    group: 'Notifications',
    useAsTitle: 'name',
    defaultColumns: ['name', 'subject', 'isActive', 'updatedAt'],
    listSearchableFields: ['name', 'subject', 'body'],
    description: 'The text of the e-mails to owners.',
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
    textarea('description', { description: 'When this e-mail is sent. Visible to staff only.' }),
    text('subject', 255, {
      required: true,
      validate: hasKnownPlaceholders,
      description: 'Placeholders work here too, such as {{ vehicleName }}.',
    }),
    textarea('body', {
      required: true,
      label: 'Text',
      validate: hasKnownPlaceholders,
      description:
        'Plain text. A placeholder such as {{ vehicleName }} is filled in for each ' +
        'owner. The placeholders are listed below.',
      admin: { rows: 14 },
    }),
    json('variables', {
      ...byServer,
      shape: 'array',
      defaultValue: [],
      label: 'Placeholders',
      description: 'The names that you can use between {{ and }}.',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
    choice('templateKey', 50, TEMPLATE_KEYS, {
      ...byServer,
      required: true,
      unique: true,
      label: 'Event',
      admin: { position: 'sidebar' },
    }),
    checkbox('isActive', {
      defaultValue: true,
      label: 'Enabled',
      description: 'If off, no e-mail of this type is sent.',
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    notYet: {
      words:
        'Owners do not get these e-mails yet. You can prepare the text; it is ' +
        'validated when you save.',
      switches: ['isActive'],
      whole: true,
    },
  },
}
