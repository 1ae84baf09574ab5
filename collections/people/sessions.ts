import type { CollectionConfig } from 'payload'
import {
  endDeletedSession,
  lockAccountOfSession,
  addSignInFields,
} from '../../hooks/people/sign-in-rows.ts'
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

/** Read from `sess` with every read: no column, and nothing to ask for in a filter. */
const derived = {
  virtual: true,
  access: { create: permissions.nobody, update: permissions.nobody },
  custom: { column: {} },
} as const

/**
 * One sign-in of a member of staff, under the id of its Payload session; for ten minutes also the
 * handshake of somebody who is at their provider, as express-session keeps it in
 * connect-pg-simple's table. What a handshake holds (`sess`) is shown by no route, and no id here
 * opens anything: cookies and tokens are signed. An admin ends a session by deleting it, and does
 * nothing else with it.
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
      'Who is signed in, since when and from where. Deleting one signs them out. Without a ' +
      'name: somebody is at their provider.',
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
        date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm' },
      },
      ...derived,
    },
    { name: 'device', type: 'text', admin: readOnlyUnfiltered, ...derived },
    { name: 'ip', type: 'text', label: 'Address', admin: readOnlyUnfiltered, ...derived },
    {
      name: 'provider',
      type: 'text',
      label: 'Signed in with',
      admin: readOnlyUnfiltered,
      ...derived,
    },
    keyId('sid', 255, { label: 'Session', readOnly: true }),
    { ...json('sess', { access: byNobody, hidden: true }), hidden: true },
    instant('expire', { label: 'Ends', index: true, readOnly: true }),
  ],
  custom: { whenEmpty: 'A session appears here when a member of staff signs in.' },
}
