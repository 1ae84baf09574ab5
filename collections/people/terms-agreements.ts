import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text } from '../../src/fields/text.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const immutable = { readOnly: true, required: true, access: byServer } as const

/**
 * An owner's agreement to the terms: which version, when, and from where. One row per owner,
 * written at sign-up and never changed.
 */
export const TermsAgreements: CollectionConfig = {
  slug: 'terms-agreements',
  dbName: 'terms_agreements',
  labels: { singular: 'Terms agreement', plural: 'Terms agreements' },
  admin: {
    group: 'People',
    useAsTitle: 'userId',
    defaultColumns: ['userId', 'termsVersion', 'agreedAt', 'ipAddress'],
    listSearchableFields: ['userId', 'termsVersion', 'termsContentHash'],
    description:
      'Which terms each owner agreed to, and when. Entries cannot be changed or deleted.',
  },
  defaultSort: '-agreedAt',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: rules.ownRows,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    row(
      ownerId({
        unique: true,
        readOnly: true,
        access: byServer,
        description: 'The owner who agreed.',
        ...half,
      }),
      instant('agreedAt', { ...immutable, column: { defaultNow: true }, ...half }),
    ),
    row(
      text('termsVersion', 50, { ...immutable, label: 'Version', ...third }),
      text('termsUrl', 255, { ...immutable, label: 'Terms URL', ...third }),
      text('termsContentHash', 64, { ...immutable, label: 'Text SHA-256', ...third }),
    ),
    text('ipAddress', 45, { ...immutable, label: 'IP address' }),
    textarea('userAgent', { ...immutable, label: 'User agent' }),
  ],
  custom: { whenEmpty: 'An agreement appears here when an owner agrees to the terms.' },
}
