import type { CollectionBeforeValidateHook } from 'payload'
import { getIdentity } from '../../src/access/identity.ts'

/**
 * A new row belongs to the calling owner; a staff admin or garage admin specifies the owner. The
 * owner of a row never changes. Runs after the fields' access, which removes an owner's own value.
 */
export const stampOwner: CollectionBeforeValidateHook = ({ data, operation, originalDoc, req }) => {
  if (operation === 'update') return { ...data, userId: originalDoc.userId }
  const identity = getIdentity(req)
  if (identity.kind !== 'owner' || (identity.garageAdmin && data?.['userId'])) return data
  return { ...data, userId: identity.subject }
}
