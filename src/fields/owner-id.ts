import { sql } from '@payloadcms/db-postgres'
import type { TextField, TextFieldSingleValidation } from 'payload'
import { getIdentity } from '../access/identity.ts'
import { permissions } from '../access/permissions.ts'
import { getTransaction } from '../database/transaction.ts'
import { type FieldOptions } from './column.ts'
import { text } from './text.ts'

const PICKER = {
  Field: '/src/admin/garage/owner-picker.tsx#OwnerPicker',
  Cell: '/src/admin/garage/owner-cell.tsx#OwnerCell',
}

/**
 * The owner of a row: the `auth0_sub` of an owner, in the documented plain text column. Set from
 * the caller (hooks/ownership). An admin sets it when creating the row, and the panel picks it by
 * e-mail. It cannot be changed later.
 */
export function ownerId(options: FieldOptions = {}): TextField {
  return text('userId', 255, {
    label: 'Owner',
    required: true,
    index: true,
    description:
      'The owner of this record. Search by e-mail address. The owner cannot be changed later.',
    validate: checkOwner,
    ...options,
    access: { create: permissions.isAnyAdmin, update: permissions.nobody, ...options.access },
    admin: { components: PICKER, ...options.admin },
  })
}

/**
 * Requires an active owner with this subject. Skipped for the caller's own subject and for an
 * unchanged value.
 */
const checkOwner: TextFieldSingleValidation = async (value, { operation, previousValue, req }) => {
  const identity = getIdentity(req)
  if (!value || (identity.kind === 'owner' && identity.subject === value)) return true
  if (operation === 'update' && previousValue === value) return true
  const { db } = getTransaction(req)
  const found = await db.execute(
    sql`select 1 from user_profiles where auth0_sub = ${value} and deactivated_at is null`,
  )
  return (
    found.rows.length > 0 ||
    `no active owner has the subject ${value.slice(0, 60)}. Owners are listed at /api/user-profiles`
  )
}
