import type { CollectionAfterOperationHook, SanitizedCollectionConfig } from 'payload'
import { actorOf } from '../../src/audit/actor.ts'
import { keepLooks } from '../../src/audit/looks.ts'
import { ownerField, ownerOf, toldFilter } from '../../src/audit/telling.ts'
import { permissions } from '../../src/access/permissions.ts'
import type { Look } from '../../src/domain/trail-change.ts'

type Row = { id: string | number } & Record<string, unknown>
type Read = { where?: unknown; currentDepth?: number }
type Answer = { docs?: Row[]; totalDocs?: number }

const READS: readonly string[] = ['find', 'findByID', 'count', 'findDistinct']

/**
 * An admin who reads rows of owners leaves a line: which filter, and the rows that were given out. What code of ours reads for itself
 * is no look, nor is what an admin of the garage reads of their own garage.
 */
export const noteLook: CollectionAfterOperationHook = async ({ args, collection, operation, overrideAccess, req, result }) => {
  if (overrideAccess || !READS.includes(operation) || !permissions.isAnyAdmin({ req })) return result
  const answer = (result ?? {}) as Answer
  const { where, currentDepth } = args as Read
  const rows = answer.docs ?? ('id' in answer ? [answer as unknown as Row] : [])
  const actor = actorOf(req)
  const self = actor?.kind === 'garage admin' ? actor.subject : null
  const others = rows.filter((row) => self === null || ownerOf(collection, row) !== self)
  const all = (answer.totalDocs ?? rows.length) <= rows.length
  if (self !== null && others.length === 0 && ((all && rows.length > 0) || asksForOwn(collection, where, self))) return result
  const filter = (currentDepth ?? 0) > 0 ? undefined : toldFilter(req.payload.config, collection, where)
  const { totalDocs: total } = answer
  const ids = others.map(({ id }) => id)
  const look = {
    collection: collection.slug,
    operation,
    ...(filter !== undefined && { filter }),
    ids,
    ...(total !== undefined && { total }),
  }
  await keepLooks(req, [...joined(collection, others), look])
  return result
}

/** Whether a filter lets nothing through but one owner's rows. */
function asksForOwn(collection: SanitizedCollectionConfig, where: unknown, subject: string): boolean {
  const { [ownerField(collection) ?? '']: own, and } = (where ?? {}) as { and?: unknown } & Record<string, { equals?: unknown }>
  return own?.equals === subject || (Array.isArray(and) && and.some((part) => asksForOwn(collection, part, subject)))
}

/** The keys of rows that joins gave out with these rows. */
function joined(collection: SanitizedCollectionConfig, rows: readonly Row[]): Look[] {
  return collection.flattenedFields.flatMap((field) => {
    if (field.type !== 'join' || Array.isArray(field.collection)) return []
    const found = rows.flatMap((row) => (row[field.name] as { docs?: unknown[] } | undefined)?.docs ?? [])
    const ids = found.filter((id): id is string | number => typeof id === 'string' || typeof id === 'number')
    return ids.length > 0 ? [{ collection: field.collection, operation: 'join', ids }] : []
  })
}
