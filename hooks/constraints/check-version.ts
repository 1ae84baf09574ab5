import { sql } from '@payloadcms/db-postgres'
import { APIError, type CollectionBeforeChangeHook, type SanitizedCollectionConfig } from 'payload'
import { findExpectedUpdatedAt } from '../../src/api/require-json-object.ts'
import { getCollectionTable } from '../../src/database/tables.ts'
import { getTransaction } from '../../src/database/transaction.ts'

type Row = Record<string, unknown>

/**
 * Locks the row until the write is done, and refuses a write that is based on an older state of it:
 * one that Payload read before another change (it writes whole rows, so two concurrent changes
 * would undo each other), or one whose body has an `updatedAt` that is not the row's. Tables
 * without `updatedAt` are not checked.
 */
export const checkVersion: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (
    operation !== 'update' ||
    !collection.flattenedFields.some(({ name }) => name === 'updatedAt')
  )
    return data
  const before = originalDoc as Row
  const { db } = getTransaction(req)
  const table = getCollectionTable(req.payload, collection.slug)
  const found = await db.execute(
    sql`select * from ${table.sql} where ${table.keySql} = ${before['id']} for no key update`,
  )
  const row = found.rows[0]
  const now = toMilliseconds(row?.['updated_at'])
  const providedVersion = findExpectedUpdatedAt(req, collection.slug, before['id'])
  if (
    row &&
    now === toMilliseconds(before['updatedAt']) &&
    (providedVersion === undefined || providedVersion === now)
  )
    return data
  throw new APIError(describeConflict(collection, before, row), 409, undefined, true)
}

/** A timestamp in milliseconds, the precision of the API. */
const toMilliseconds = (timestamp: unknown) =>
  typeof timestamp === 'string' || timestamp instanceof Date ? new Date(timestamp).getTime() : null

function describeConflict(
  collection: SanitizedCollectionConfig,
  before: Row,
  row: Row | undefined,
): string {
  const status = row?.['status']
  const state = row
    ? typeof status === 'string'
      ? `its status is now ${status}`
      : 'it has changed since you read it'
    : 'it was deleted'
  return (
    `Someone else changed ${getTitle(collection, before)}: ${state}. Read it again, then ` +
    'repeat your change.'
  )
}

function getTitle({ admin, labels }: SanitizedCollectionConfig, row: Row): string {
  const title = row[admin.useAsTitle ?? 'id']
  if (typeof title === 'string' || typeof title === 'number') return String(title).slice(0, 100)
  return typeof labels.singular === 'string' ? `this ${labels.singular.toLowerCase()}` : 'this row'
}
