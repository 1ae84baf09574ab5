import {
  APIError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeValidateHook,
} from 'payload'
import { formatActor, findActor } from '../../src/audit/actor.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import { normalizeEmail } from '../../src/fields/text.ts'
import { isLastGarageAdmin } from '../../src/owners/last-garage-admin.ts'

/**
 * Who created a garage admin: a garage admin by subject, staff as `staff:<users.id>`; a command
 * specifies it, and the default is `system`.
 */
export const stampCreator: CollectionBeforeChangeHook = ({ data, operation, req }) => {
  if (operation !== 'create') return data
  const actor = findActor(req)
  return { ...data, createdBy: actor ? formatActor(actor) : (data['createdBy'] ?? 'system') }
}

/** Normalizes addresses, so that no one can be an admin twice. */
export const lowerCaseEmail: CollectionBeforeValidateHook = ({ data }) =>
  typeof data?.['email'] === 'string' ? { ...data, email: normalizeEmail(data['email']) } : data

/** The server sets when a garage admin was revoked. */
export const stampRevocation: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  if (operation === 'create') return data
  return {
    ...data,
    revokedAt: data['revokedAt'] ? (originalDoc.revokedAt ?? new Date().toISOString()) : null,
  }
}

/**
 * The last garage admin who can sign in cannot be revoked. Locks all garage admins before anything
 * else locks the changed one: if two revoke each other, the second waits for the first and gets an
 * error.
 */
export const keepLastGarageAdmin: CollectionBeforeValidateHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update' || !data?.['revokedAt'] || originalDoc.revokedAt) return data
  if (!(await isLastGarageAdmin(getTransaction(req).db, originalDoc.id))) return data
  throw buildLastAdminError(originalDoc.email)
}

/** The last garage admin's account cannot be deactivated either. */
export const keepLastGarageAdminActive: CollectionBeforeValidateHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update' || !data?.['deactivatedAt'] || originalDoc.deactivatedAt) return data
  if (!(await isLastGarageAdmin(getTransaction(req).db, originalDoc.auth0Sub))) return data
  throw buildLastAdminError(originalDoc.email)
}

const buildLastAdminError = (email: string) =>
  new APIError(
    `${email} is the last garage admin who can sign in. Add or restore another one first.`,
    409,
    undefined,
    true,
  )
