import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/answers/unique-among.ts'
import {
  keepLastGarageAdmin,
  lowerCaseEmail,
  stampCreator,
  stampRevocation,
} from '../../hooks/people/garage-admins.ts'
import { permissions } from '../../src/access/permissions.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row } from '../../src/fields/layout.ts'
import { emailAddress, keyId, normalizeEmail, text } from '../../src/fields/text.ts'
import { actorAdmin } from '../../src/fields/audit-entry.ts'
import { garageAdminEndpoints } from '../../src/owners/endpoints/garage-admins.ts'

/**
 * One owner who is an admin of the garage, over the API. Never deleted, only revoked and restored,
 * so that what they did keeps their name; the last one who is not revoked stays one. Who they are
 * is said once.
 */
export const AdminUsers: CollectionConfig = {
  slug: 'admin-users',
  dbName: 'admin_users',
  labels: { singular: 'Garage admin', plural: 'Garage admins' },
  admin: {
    group: 'People',
    useAsTitle: 'email',
    defaultColumns: ['email', 'role', 'revokedAt', 'createdBy', 'createdAt'],
    listSearchableFields: ['email', 'id'],
    description:
      'Owners who look after the garage of all owners. Revoke those who stop: it counts from ' +
      'their next request.',
  },
  defaultSort: 'email',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.isAnyAdmin,
    read: permissions.isAnyAdmin,
    update: permissions.isAnyAdmin,
    delete: permissions.nobody,
  },
  endpoints: garageAdminEndpoints,
  hooks: {
    beforeValidate: [lowerCaseEmail, keepLastGarageAdmin],
    beforeChange: [
      stampCreator,
      stampRevocation,
      uniqueAmong({
        table: 'admin_users',
        path: 'id',
        on: { id: 'auth0_sub' },
        describeDuplicate: (duplicate) =>
          `is ${String(duplicate['email'])} already. Restore that admin when they were revoked`,
      }),
      uniqueAmong({
        table: 'admin_users',
        path: 'email',
        on: { email: 'email' },
        describeDuplicate: (twin) =>
          `is the address of ${String(twin['auth0_sub'])} already. Restore that admin when ` +
          'they were revoked',
      }),
    ],
  },
  fields: [
    keyId('auth0_sub', 255, {
      label: 'Subject',
      description: 'As the identity provider knows them: auth0|64f0c2. It can’t be changed later.',
    }),
    row(
      emailAddress('email', {
        required: true,
        unique: true,
        access: { update: permissions.nobody },
        normalize: normalizeEmail,
        ...half,
      }),
      choice(
        'role',
        50,
        { admin: 'Admin', super_admin: 'Super admin' },
        {
          required: true,
          defaultValue: 'admin',
          description: 'A label only: both roles have the same permissions.',
          ...half,
        },
      ),
    ),
    instant('revokedAt', {
      index: true,
      access: { create: permissions.nobody },
      description:
        'Say any moment to revoke them: the server notes its own. Empty it to restore them.',
      admin: { position: 'sidebar' },
    }),
    text('createdBy', 255, {
      required: true,
      readOnly: true,
      access: { create: permissions.nobody, update: permissions.nobody },
      description: 'Who made them an admin.',
      admin: { position: 'sidebar', ...actorAdmin },
    }),
  ],
}
