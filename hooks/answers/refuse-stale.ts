import { sql } from '@payloadcms/db-postgres'
import { APIError, type CollectionBeforeChangeHook, type SanitizedCollectionConfig } from 'payload'
import { updatedAtSaid } from '../../src/access/take-object.ts'
import { tableOfCollection } from '../../src/database/tables.ts'
import { transactionOf } from '../../src/database/transaction.ts'

type Row = Record<string, unknown>

/**
 * Holds the row until the write is done, and refuses a write that was prepared from an older state of it: one that Payload read before
 * somebody else's change (it writes whole rows, so two changes at once would undo each other), or one whose body says an `updatedAt`
 * that is not the row's. Tables without `updatedAt` are left alone.
 */
export const refuseStale: CollectionBeforeChangeHook = async ({ collection, data, operation, originalDoc, req }) => {
  if (operation !== 'update' || !collection.flattenedFields.some(({ name }) => name === 'updatedAt')) return data
  const before = originalDoc as Row
  const { db } = transactionOf(req)
  const table = tableOfCollection(req.payload, collection.slug)
  const found = await db.execute(sql`select * from ${table.sql} where ${table.keySql} = ${before['id']} for no key update`)
  const row = found.rows[0]
  const now = momentOf(row?.['updated_at'])
  const said = updatedAtSaid(req, collection.slug, before['id'])
  if (row && now === momentOf(before['updatedAt']) && (said === undefined || said === now)) return data
  throw new APIError(staleWords(collection, before, row), 409, undefined, true)
}

/** The moment of a timestamp to the millisecond, which is all that the API tells of it. */
const momentOf = (said: unknown) => (typeof said === 'string' || said instanceof Date ? new Date(said).getTime() : null)

function staleWords(collection: SanitizedCollectionConfig, before: Row, row: Row | undefined): string {
  const status = row?.['status']
  const state = row ? (typeof status === 'string' ? `it is ${status} now` : 'it is no longer as you read it') : 'it is gone'
  return `Somebody else changed ${titleOf(collection, before)}: ${state}. Read it again, then repeat your change.`
}

function titleOf({ admin, labels }: SanitizedCollectionConfig, row: Row): string {
  const title = row[admin.useAsTitle ?? 'id']
  if (typeof title === 'string' || typeof title === 'number') return String(title).slice(0, 100)
  return typeof labels.singular === 'string' ? `this ${labels.singular.toLowerCase()}` : 'this row'
}
