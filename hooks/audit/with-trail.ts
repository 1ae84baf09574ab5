import { type CollectionConfig, flattenAllFields } from 'payload'
import { ownerField } from '../../src/audit/telling.ts'
import { countTaken, notePassword, writeChange, writeDeletion } from './changes.ts'
import { noteLook } from './looks.ts'
import { noteAttempt, writeSignIn, writeSignOut, writeUnlock } from './sign-ins.ts'

/** Tables that nobody writes by hand, so that no line is about them. */
const TRAIL = ['activity-logs', 'admin-audit-logs']

/**
 * A collection whose changes, looks and sign-ins leave lines in the trail. Its hooks come after the collection's own, so that what they
 * write down is what was done; who tries to sign in is noted before anything may refuse it. Only tables of owners are looked at: a hook
 * after a read would keep the others from being answered fast.
 */
export function withTrail(collection: CollectionConfig): CollectionConfig {
  if (TRAIL.includes(collection.slug)) return collection
  const signedInto = collection.slug === 'users'
  const { slug, fields } = collection
  const isOwners = ownerField({ slug, flattenedFields: flattenAllFields({ fields }) }) !== null
  const hooks = collection.hooks ?? {}
  return {
    ...collection,
    hooks: {
      ...hooks,
      beforeOperation: [...(signedInto ? [noteAttempt] : []), ...(hooks.beforeOperation ?? [])],
      beforeChange: [...(hooks.beforeChange ?? []), ...(signedInto ? [notePassword] : [])],
      afterChange: [...(hooks.afterChange ?? []), writeChange],
      beforeDelete: [...(hooks.beforeDelete ?? []), countTaken],
      afterDelete: [...(hooks.afterDelete ?? []), writeDeletion],
      afterOperation: [...(hooks.afterOperation ?? []), ...(isOwners ? [noteLook] : []), ...(signedInto ? [writeUnlock] : [])],
      afterLogin: [...(hooks.afterLogin ?? []), ...(signedInto ? [writeSignIn] : [])],
      afterLogout: [...(hooks.afterLogout ?? []), ...(signedInto ? [writeSignOut] : [])],
    },
  }
}
