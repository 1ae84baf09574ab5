import type { CollectionConfig } from 'payload'
import {
  endSessions,
  keepLastAdmin,
  checkPasswordStrength,
  setLocalProvider,
  refuseInactive,
  disableMailedReset,
  rememberAccount,
} from '../../hooks/people/accounts.ts'
import { previousSecretStrategy } from '../../src/auth/sessions/previous-secret-strategy.ts'
import { endLongSessions, IDLE_SECONDS } from '../../src/auth/sessions/session-lifetime.ts'
import {
  resetLimitsOnSignIn,
  resetLimitsOnUnlock,
  limitSignIns,
} from '../../src/auth/staff/guard-sign-ins.ts'
import {
  inviteWithoutPassword,
  refusePasswords,
  sendInvitation,
} from '../../hooks/people/invitations.ts'
import { forgetDevicesAtLogout, rememberDevice } from '../../src/auth/staff/known-devices.ts'
import { requireCurrentPassword, renewOwnSession } from '../../src/auth/staff/own-password.ts'
import { writeSignInRow } from '../../src/auth/staff/sign-in-rows.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { staffWork } from '../../src/fields/review-screens.ts'
import {
  isRequiredEmailAddress,
  textarea,
  normalizeEmail,
  text,
  checkbox,
} from '../../src/fields/text.ts'

const byAdmin = { create: permissions.isStaffAdmin, update: permissions.isStaffAdmin }
const byServer = { create: permissions.nobody, update: permissions.nobody }

/**
 * One staff member. Never deleted, only deactivated, so that the audit log keeps their name. The
 * last active admin cannot be deactivated.
 */
export const Users: CollectionConfig = {
  slug: 'users',
  dbName: 'users',
  admin: {
    group: 'People',
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'role', 'isActive', 'lastLogin'],
    description:
      'Everyone who works in this panel. Deactivate people who leave; their sessions ' +
      'end immediately.',
    components: {
      beforeListTable: ['/src/admin/people/invite.tsx#Invite'],
      views: { edit: { default: { Component: '/src/admin/people/user-view.tsx#UserView' } } },
    },
  },
  /*
   * Payload's error reveals that an account is locked. guardSignIns, which does not, always acts
   * first.
   */
  auth: {
    maxLoginAttempts: 1_000_000_000,
    lockTime: 15 * 60_000,
    tokenExpiration: IDLE_SECONDS,
    useSessions: true,
    strategies: [previousSecretStrategy],
  },
  lockDocuments: false,
  access: {
    admin: permissions.isStaff,
    create: permissions.isStaffAdmin,
    read: rules.selfOrAdmin,
    update: rules.selfOrAdmin,
    delete: permissions.nobody,
    unlock: permissions.isStaffAdmin,
  },
  hooks: {
    beforeOperation: [
      disableMailedReset,
      refusePasswords,
      rememberAccount,
      limitSignIns,
      endLongSessions,
    ],
    beforeValidate: [
      keepLastAdmin,
      checkPasswordStrength,
      inviteWithoutPassword,
      requireCurrentPassword,
      setLocalProvider,
    ],
    beforeLogin: [refuseInactive],
    afterOperation: [resetLimitsOnUnlock],
    beforeChange: [endSessions],
    afterChange: [sendInvitation, renewOwnSession],
    afterLogin: [resetLimitsOnSignIn, writeSignInRow, rememberDevice],
    afterLogout: [forgetDevicesAtLogout],
  },
  endpoints: [
    {
      path: '/first-register',
      method: 'post',
      handler: () => Response.json(CLOSED, { status: 403 }),
    },
    {
      path: '/verify/:id',
      method: 'post',
      handler: () => Response.json(NOT_MAILED, { status: 403 }),
    },
  ],
  fields: [
    {
      name: 'email',
      type: 'email',
      required: true,
      unique: true,
      validate: isRequiredEmailAddress,
      access: { update: permissions.nobody },
      custom: { column: {}, format: 'email', normalize: normalizeEmail },
    },
    {
      name: 'currentPassword',
      type: 'text',
      label: 'Current password',
      virtual: true,
      access: { create: permissions.nobody },
      admin: {
        description: 'Required to change your own password.',
        disableListColumn: true,
        disableListFilter: true,
        disableBulkEdit: true,
        components: { Field: '/src/admin/people/current-password.tsx#CurrentPassword' },
      },
      custom: { column: {} },
    },
    text('name', 255, { required: true, description: 'The name that colleagues see.' }),
    choice(
      'role',
      20,
      { admin: 'Admin', manager: 'Manager', viewer: 'Viewer' },
      {
        required: true,
        defaultValue: 'viewer',
        access: byAdmin,
        description: 'Viewers can view, managers can change the lot, and admins can do everything.',
      },
    ),
    checkbox('isActive', {
      defaultValue: true,
      access: byAdmin,
      description: 'If off, the user is signed out immediately and cannot sign in.',
    }),
    text('oauthProvider', 50, {
      required: true,
      label: 'Signs in with',
      readOnly: true,
      access: byServer,
      admin: { position: 'sidebar' },
    }),
    text('oauthId', 255, {
      required: true,
      hidden: true,
      access: { ...byServer, read: permissions.isStaffAdmin },
    }),
    textarea('oauthIssuer', {
      label: 'Linked by',
      hidden: true,
      access: { ...byServer, read: permissions.isStaffAdmin },
    }),
    textarea('avatarUrl', { label: 'Picture', hidden: true, access: byServer }),
    staffWork,
    instant('lastLogin', { readOnly: true, access: byServer, admin: { position: 'sidebar' } }),
  ],
  custom: {
    table: {
      indexes: [
        { name: 'users_provider_subject_idx', on: '"oauth_provider", "oauth_id"', unique: true },
      ],
    },
  },
}

const NOT_MAILED = {
  errors: [{ message: 'Accounts are not verified by e-mail. An admin creates them.' }],
}

const CLOSED = {
  errors: [
    {
      message:
        'Create the first admin with FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD, or run: ' +
        'npm run admin -- create EMAIL.',
    },
  ],
}
