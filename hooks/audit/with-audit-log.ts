import { type CollectionConfig, flattenAllFields } from 'payload'
import { findOwnerField } from '../../src/audit/redaction.ts'
import { countCascadedRows, markPasswordChange, auditChange, auditDeletion } from './changes.ts'
import { recordAccess } from './record-access.ts'
import { recordSignInAttempt, auditSignIn, auditSignOut, auditUnlock } from './sign-ins.ts'

/** Tables that nobody writes by hand, so that no line is about them. */
const AUDIT_LOGS = ['activity-logs', 'admin-audit-logs']

/**
 * A collection whose changes, looks and sign-ins leave lines in the trail. Its hooks come after the
 * collection's own, so that what they write down is what was done; who tries to sign in is noted
 * before anything may refuse it. Only tables of owners are looked at: a hook after a read would
 * keep the others from being answered fast.
 */
export function withAuditLog(collection: CollectionConfig): CollectionConfig {
  if (AUDIT_LOGS.includes(collection.slug)) return collection
  const hasSignIn = collection.slug === 'users'
  const { slug, fields } = collection
  const isOwners = findOwnerField({ slug, flattenedFields: flattenAllFields({ fields }) }) !== null
  const hooks = collection.hooks ?? {}
  return {
    ...collection,
    hooks: {
      ...hooks,
      beforeOperation: [
        ...(hasSignIn ? [recordSignInAttempt] : []),
        ...(hooks.beforeOperation ?? []),
      ],
      beforeChange: [...(hooks.beforeChange ?? []), ...(hasSignIn ? [markPasswordChange] : [])],
      afterChange: [...(hooks.afterChange ?? []), auditChange],
      beforeDelete: [...(hooks.beforeDelete ?? []), countCascadedRows],
      afterDelete: [...(hooks.afterDelete ?? []), auditDeletion],
      afterOperation: [
        ...(hooks.afterOperation ?? []),
        ...(isOwners ? [recordAccess] : []),
        ...(hasSignIn ? [auditUnlock] : []),
      ],
      afterLogin: [...(hooks.afterLogin ?? []), ...(hasSignIn ? [auditSignIn] : [])],
      afterLogout: [...(hooks.afterLogout ?? []), ...(hasSignIn ? [auditSignOut] : [])],
    },
  }
}
