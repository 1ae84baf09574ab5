import type { CollectionConfig } from 'payload'
import {
  endDeletedSession,
  lockAccountOfSession,
  addSignInFields,
} from '../../src/auth/staff/sign-in-rows.ts'
import { permissions } from '../../src/access/permissions.ts'
import { instant } from '../../src/fields/instant.ts'
import { json } from '../../src/fields/lists.ts'
import { keyId } from '../../src/fields/text.ts'

const readOnlyUnfiltered = { readOnly: true, disableListFilter: true } as const
const byNobody = {
  create: permissions.nobody,
  read: permissions.nobody,
  update: permissions.nobody,
}

/** Derived from `sess` on every read: has no column and cannot be filtered. */
const derived = {
  virtual: true,
  access: { create: permissions.nobody, update: permissions.nobody },
  custom: { column: {} },
} as const

/**
 * One sign-in of a staff member, keyed by the id of its Payload session. For ten minutes, also the
 * handshake of a sign-in in progress, stored by connect-pg-simple. No route returns the content of
 * a handshake (`sess`), and no id in this table grants access: tokens are signed, and the id of a
 * handshake is a hash of its cookie. An admin can delete a session to end it, and nothing else.
 */
export const Sessions: CollectionConfig = {
  slug: 'sessions',
  dbName: 'session',
  labels: { singular: 'Session', plural: 'Sessions' },
  admin: {
    group: 'System',
    useAsTitle: 'id',
    defaultColumns: ['user', 'since', 'device', 'ip', 'provider', 'expire'],
    description:
      'Who is signed in, since when, and from where. Deleting a session signs the user ' +
      'out. A session without a name is a sign-in in progress.',
  },
  defaultSort: '-expire',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaffAdmin,
    update: permissions.nobody,
    delete: permissions.isStaffAdmin,
  },
  forceSelect: { sess: true },
  hooks: {
    beforeRead: [addSignInFields],
    beforeDelete: [lockAccountOfSession],
    afterDelete: [endDeletedSession],
  },
  fields: [
    {
      name: 'user',
      type: 'relationship',
      relationTo: 'users',
      label: 'Who',
      admin: readOnlyUnfiltered,
      ...derived,
    },
    {
      name: 'since',
      type: 'date',
      admin: {
        ...readOnlyUnfiltered,
        date: { pickerAppearance: 'dayAndTime', displayFormat: 'MMM d, yyyy, h:mm a' },
      },
      ...derived,
    },
    { name: 'device', type: 'text', admin: readOnlyUnfiltered, ...derived },
    { name: 'ip', type: 'text', label: 'IP address', admin: readOnlyUnfiltered, ...derived },
    {
      name: 'provider',
      type: 'text',
      label: 'Signed in with',
      admin: readOnlyUnfiltered,
      ...derived,
    },
    keyId('sid', 255, { label: 'Session', readOnly: true }),
    { ...json('sess', { access: byNobody, hidden: true }), hidden: true },
    instant('expire', { label: 'Expires', index: true, readOnly: true }),
  ],
  custom: { whenEmpty: 'A session appears here when a staff member signs in.' },
}
