import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { instant } from '../../src/fields/instant.ts'
import { json } from '../../src/fields/lists.ts'
import { keyId } from '../../src/fields/text.ts'

const byNobody = { create: permissions.nobody, read: permissions.nobody, update: permissions.nobody }

/**
 * One session that express-session keeps, in connect-pg-simple's table. What it holds (`sess`) is a key to somebody's account and is
 * shown by no route; an admin may end a session by deleting it, and nothing else.
 */
export const Sessions: CollectionConfig = {
  slug: 'sessions',
  dbName: 'session',
  labels: { singular: 'Session', plural: 'Sessions' },
  admin: {
    group: 'System',
    useAsTitle: 'id',
    defaultColumns: ['id', 'expire'],
    description: 'Who is signed in over the web, by the number of the session. Deleting one signs them out.',
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
  fields: [
    keyId('sid', 255, { label: 'Session', readOnly: true }),
    { ...json('sess', { access: byNobody, hidden: true }), hidden: true },
    instant('expire', { label: 'Ends', index: true, readOnly: true }),
  ],
}
