import { type CollectionConfig, flattenAllFields } from 'payload'
import { findOwnerField } from '../../src/audit/redaction.ts'
import { countCascadedRows, markPasswordChange, auditChange, auditDeletion } from './changes.ts'
import { recordAccess } from './record-access.ts'
import { recordSignInAttempt, auditSignIn, auditSignOut, auditUnlock } from './sign-ins.ts'

/** The audit logs themselves. They are never edited by hand, so their changes are not audited. */
const AUDIT_LOGS = ['activity-logs', 'admin-audit-logs']

/**
 * Adds audit hooks for changes, read accesses and sign-ins to a collection. The audit hooks run
 * after the collection's own, so that they record the final data; a sign-in attempt is recorded
 * before anything can refuse it. Only reads of owners' tables are audited: a hook after reads would
 * prevent fast responses for the others.
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
