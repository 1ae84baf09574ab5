import type { CollectionConfig, FieldAccess } from 'payload'
import { keepLastGarageAdminActive } from '../../hooks/people/garage-admins.ts'
import { resetEmailConfirmation, stampDeactivation } from '../../hooks/people/profiles.ts'
import { getIdentity } from '../../src/access/identity.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { choice } from '../../src/fields/choice.ts'
import { ownerGarage } from '../../src/fields/garage-screens.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row } from '../../src/fields/layout.ts'
import { SUBSCRIPTION_TIERS } from '../../src/domain/tier-limits.ts'
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
 * One owner, identified by `auth0Sub` from the identity provider, which is on all of their rows and
 * never changes. Created at the first sign-in. Owners have no passwords, and profiles cannot be
 * deleted by hand.
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
    description:
      'Owners who use the garage. They sign in through the identity provider and enter ' +
      'their own names.',
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
    ownerGarage,
    row(
      emailAddress('email', {
        required: true,
        label: 'E-mail',
        ...half,
        readOnly: true,
        access: byServer,
      }),
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
      text('displayName', 100, { label: 'Display name', ...half, access: bySelf, readOnly: true }),
      emailAddress('notificationEmail', {
        label: 'Notification e-mail',
        ...half,
        access: bySelf,
        readOnly: true,
        description: 'Where e-mails go, if not to the address above.',
      }),
    ),
    choice('subscriptionTier', 50, SUBSCRIPTION_TIERS, {
      label: 'Subscription tier',
      defaultValue: 'free',
      access: byAdmins,
      description:
        'For your own apps, which read this from the API, and for the limits in TIER_LIMITS.',
    }),
    instant('deactivatedAt', {
      label: 'Deactivated',
      access: byAdmins,
      description:
        'Set any date to deactivate the account now; the server records the actual time. ' +
        'Clear it to reactivate the account.',
    }),
    row(
      checkbox('emailVerified', { label: 'E-mail verified', defaultValue: false, ...stamped }),
      instant('onboardingCompletedAt', { label: 'Onboarding completed', ...stamped }),
    ),
    row(
      instant('deletionRequestedAt', { label: 'Deletion requested', ...stamped }),
      instant('deletionScheduledAt', {
        label: 'Deletion scheduled for',
        ...stamped,
        description: 'When all of the owner’s data is deleted.',
      }),
    ),
    instant('notificationEmailConfirmedAt', {
      label: 'Notification e-mail confirmed',
      ...stamped,
      description: 'No e-mail is sent to the notification address until the address is confirmed.',
    }),
    text('notificationEmailNonce', 64, { ...noAccess, hidden: true }),
    choice(
      'deactivatedBy',
      20,
      { owner: 'The owner', admin: 'An admin' },
      { label: 'Deactivated by', readOnly: true, access: byServer },
    ),
  ],
}
