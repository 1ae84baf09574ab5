import type { CollectionBeforeChangeHook, CollectionBeforeDeleteHook } from 'payload'
import { isUnchanged, createPreconditionError } from '../../src/api/row-version.ts'

const CHANGED =
  'The row has changed since you read the ETag in If-Match, or it matches If-None-Match. ' +
  'Read it again, then repeat your change.'

/**
 * Refuses a change with 412 if If-Match names a state of the row other than the current one (RFC
 * 9110, 13.1.1).
 */
export const checkIfMatch: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const { id } = (originalDoc ?? {}) as { id?: string | number }
  if (operation === 'update' && id !== undefined && !(await isUnchanged(req, collection.slug, id)))
    throw createPreconditionError(CHANGED)
  return data
}

/** The same for a deletion. */
export const checkIfMatchOfDeletion: CollectionBeforeDeleteHook = async ({
  collection,
  id,
  req,
}) => {
  if (!(await isUnchanged(req, collection.slug, id))) throw createPreconditionError(CHANGED)
}
