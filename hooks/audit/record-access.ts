import type { CollectionAfterOperationHook, SanitizedCollectionConfig } from 'payload'
import { findActor } from '../../src/audit/actor.ts'
import { logAccesses } from '../../src/audit/access-log.ts'
import { findOwnerField, findOwner, redactFilter } from '../../src/audit/redaction.ts'
import { permissions } from '../../src/access/permissions.ts'
import type { ReadAccess } from '../../src/domain/audit-change.ts'

type Row = { id: string | number } & Record<string, unknown>
type ReadArgs = { where?: unknown; currentDepth?: number }
type ReadResult = { docs?: Row[]; totalDocs?: number }

const READ_OPERATIONS: readonly string[] = ['find', 'findByID', 'count', 'findDistinct']

/**
 * Writes an entry when an admin reads rows of owners: the filter, and the rows in the response.
 * Reads by our own code do not count, and neither do a garage admin's reads of their own garage.
 */
export const recordAccess: CollectionAfterOperationHook = async ({
  args,
  collection,
  operation,
  overrideAccess,
  req,
  result,
}) => {
  if (overrideAccess || !READ_OPERATIONS.includes(operation) || !permissions.isAnyAdmin({ req }))
    return result
  const answer = (result ?? {}) as ReadResult
  const { where, currentDepth } = args as ReadArgs
  const rows = answer.docs ?? ('id' in answer ? [answer as unknown as Row] : [])
  const actor = findActor(req)
  const self = actor?.kind === 'garage admin' ? actor.subject : null
  const others = rows.filter((row) => self === null || findOwner(collection, row) !== self)
  const all = (answer.totalDocs ?? rows.length) <= rows.length
  if (
    self !== null &&
    others.length === 0 &&
    ((all && rows.length > 0) || isFilteredToOwner(collection, where, self))
  )
    return result
  const filter =
    (currentDepth ?? 0) > 0 ? undefined : redactFilter(req.payload.config, collection, where)
  const { totalDocs: total } = answer
  const ids = others.map(({ id }) => id)
  const access = {
    collection: collection.slug,
    operation,
    ...(filter !== undefined && { filter }),
    ids,
    ...(total !== undefined && { total }),
  }
  await logAccesses(req, [...collectJoinedAccess(collection, others), access])
  return result
}

/** Whether a filter matches only one owner's rows. */
function isFilteredToOwner(
  collection: SanitizedCollectionConfig,
  where: unknown,
  subject: string,
): boolean {
  const { [findOwnerField(collection) ?? '']: own, and } = (where ?? {}) as {
    and?: unknown
  } & Record<string, { equals?: unknown }>
  return (
    own?.equals === subject ||
    (Array.isArray(and) && and.some((part) => isFilteredToOwner(collection, part, subject)))
  )
}

/** The keys of rows that joins added to these rows. */
function collectJoinedAccess(
  collection: SanitizedCollectionConfig,
  rows: readonly Row[],
): ReadAccess[] {
  return collection.flattenedFields.flatMap((field) => {
    if (field.type !== 'join' || Array.isArray(field.collection)) return []
    const found = rows.flatMap(
      (row) => (row[field.name] as { docs?: unknown[] } | undefined)?.docs ?? [],
    )
    const ids = found.filter(
      (id): id is string | number => typeof id === 'string' || typeof id === 'number',
    )
    return ids.length > 0 ? [{ collection: field.collection, operation: 'join', ids }] : []
  })
}
