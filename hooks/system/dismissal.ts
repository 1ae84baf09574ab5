import { sql } from '@payloadcms/db-postgres'
import { type CollectionBeforeChangeHook, ValidationError } from 'payload'
import { getCollectionTable } from '../../src/database/tables.ts'
import { getTransaction } from '../../src/database/transaction.ts'

/**
 * The server sets once when an alert was dismissed; it cannot be undone. The row is locked until
 * the write is done. For collections with the fields `dismissed` and `dismissedAt`.
 */
export const stampDismissal: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update') return data
  const { db } = getTransaction(req)
  const table = getCollectionTable(req.payload, collection.slug)
  const found = await db.execute(sql`
    select dismissed, dismissed_at from ${table.sql}
    where ${table.keySql} = ${originalDoc.id} for update`)
  const { dismissed, dismissed_at: at } = found.rows[0] ?? {}
  if (dismissed === true && data['dismissed'] !== true) {
    const message =
      'cannot be cleared: a dismissed alert stays dismissed. A new alert is raised if the ' +
      'problem occurs again'
    throw new ValidationError(
      { collection: collection.slug, errors: [{ path: 'dismissed', message }] },
      req.t,
    )
  }
  if (data['dismissed'] !== true) return data
  return { ...data, dismissedAt: new Date(at ? (at as string) : Date.now()).toISOString() }
}
