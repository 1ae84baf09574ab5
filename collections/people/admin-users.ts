import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
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
 * One owner who is a garage admin, through the API. Admins are never deleted, only revoked and
 * restored, so that the audit log keeps their name. The last active admin cannot be revoked. The
 * identity cannot be changed.
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
      'Owners who manage the garages of all owners. Revoking an admin’s access ' +
      'takes effect with their next request.',
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
          `is already used by ${String(duplicate['email'])}. If that admin’s access was ` +
          'revoked, restore it',
      }),
      uniqueAmong({
        table: 'admin_users',
        path: 'email',
        on: { email: 'email' },
        describeDuplicate: (duplicate) =>
          `is already used by ${String(duplicate['auth0_sub'])}. If that admin’s access ` +
          'was revoked, restore it',
      }),
    ],
  },
  fields: [
    keyId('auth0_sub', 255, {
      label: 'Subject',
      description:
        'The user’s ID at the identity provider, such as auth0|64f0c2. It cannot be changed later.',
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
        'Set any date to revoke access; the server records the actual time. Clear it to ' +
        'restore access.',
      admin: { position: 'sidebar' },
    }),
    text('createdBy', 255, {
      required: true,
      readOnly: true,
      access: { create: permissions.nobody, update: permissions.nobody },
      description: 'Who granted admin access.',
      admin: { position: 'sidebar', ...actorAdmin },
    }),
  ],
}
