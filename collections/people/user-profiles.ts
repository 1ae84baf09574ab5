import type { CollectionConfig, FieldAccess } from 'payload'
import { keepLastGarageAdminActive } from '../../hooks/people/garage-admins.ts'
import { resetEmailConfirmation, stampDeactivation } from '../../hooks/people/profiles.ts'
import { getIdentity } from '../../src/access/identity.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row } from '../../src/fields/layout.ts'
import { emailAddress, text, checkbox } from '../../src/fields/text.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const byAdmins = { create: permissions.nobody, update: permissions.isAnyAdmin }
const stamped = { readOnly: true, access: byServer, ...half }

const noAccess = {
  access: { create: permissions.nobody, read: permissions.nobody, update: permissions.nobody },
}

const isSelf: FieldAccess = ({ id, req }) => {
  const identity = getIdentity(req)
  return identity.kind === 'owner' && identity.profile === id
}
const bySelf = { create: permissions.nobody, update: isSelf }

/**
 * One owner, as the identity provider knows them by `auth0Sub`, which all their rows carry and
 * which never changes. Made when they first sign in; nobody signs in with a password, and nobody
 * deletes a profile by hand.
 */
export const UserProfiles: CollectionConfig = {
  slug: 'user-profiles',
  dbName: 'user_profiles',
  labels: { singular: 'Owner', plural: 'Owners' },
  admin: {
    group: 'People',
    useAsTitle: 'email',
    defaultColumns: [
      'email',
      'displayName',
      'subscriptionTier',
      'emailVerified',
      'deactivatedAt',
      'createdAt',
    ],
    listSearchableFields: ['email', 'displayName', 'auth0Sub'],
    description: 'Owners of the garage. They sign in elsewhere, and write their own names.',
  },
  auth: { disableLocalStrategy: true, strategies: [] },
  defaultSort: '-createdAt',
  lockDocuments: false,
  access: {
    admin: permissions.nobody,
    create: permissions.nobody,
    read: rules.ownProfile,
    update: rules.ownProfile,
    delete: permissions.nobody,
    unlock: permissions.nobody,
  },
  hooks: {
    beforeValidate: [keepLastGarageAdminActive],
    beforeChange: [stampDeactivation, resetEmailConfirmation],
  },
  fields: [
    row(
      emailAddress('email', { required: true, ...half, readOnly: true, access: byServer }),
      text('auth0Sub', 255, {
        required: true,
        unique: true,
        label: 'Subject',
        ...half,
        readOnly: true,
        access: byServer,
      }),
    ),
    row(
      text('displayName', 100, { ...half, access: bySelf, readOnly: true }),
      emailAddress('notificationEmail', {
        ...half,
        access: bySelf,
        readOnly: true,
        description: 'Where mails go, if elsewhere.',
      }),
    ),
    choice(
      'subscriptionTier',
      50,
      { free: 'Free', pro: 'Pro', enterprise: 'Enterprise' },
      {
        defaultValue: 'free',
        access: byAdmins,
        description:
          'For your own apps, which read it over the API. Forecourt itself applies no limits ' +
          'by it.',
      },
    ),
    instant('deactivatedAt', {
      access: byAdmins,
      description: 'Say any moment to deactivate the account now; empty it to let them in again.',
    }),
    row(
      checkbox('emailVerified', { defaultValue: false, ...stamped }),
      instant('onboardingCompletedAt', stamped),
    ),
    row(
      instant('deletionRequestedAt', stamped),
      instant('deletionScheduledAt', {
        ...stamped,
        description: 'When everything of theirs is removed.',
      }),
    ),
    instant('notificationEmailConfirmedAt', {
      ...stamped,
      description: 'No mail goes to that address before.',
    }),
    text('notificationEmailNonce', 64, { ...noAccess, hidden: true }),
    choice(
      'deactivatedBy',
      20,
      { owner: 'The owner', admin: 'An admin' },
      { readOnly: true, access: byServer },
    ),
  ],
}
