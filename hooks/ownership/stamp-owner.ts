import type { CollectionBeforeValidateHook } from 'payload'
import { getIdentity } from '../../src/access/identity.ts'

/**
 * A new row is the asking owner's; an admin, of the staff or of the garage, says whose it is. From
 * then on the row is theirs. Runs after the fields' access, which takes away what an owner says of
 * it.
 */
export const stampOwner: CollectionBeforeValidateHook = ({ data, operation, originalDoc, req }) => {
  if (operation === 'update') return { ...data, userId: originalDoc.userId }
  const identity = getIdentity(req)
  if (identity.kind !== 'owner' || (identity.garageAdmin && data?.['userId'])) return data
  return { ...data, userId: identity.subject }
}
