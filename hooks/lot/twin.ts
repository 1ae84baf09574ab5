import { sql } from '@payloadcms/db-postgres'
import { type CollectionBeforeChangeHook, type PayloadRequest, ValidationError } from 'payload'
import { transactionOf } from '../../src/database/transaction.ts'

const UNIQUE = { vin: { column: 'vin', words: 'VIN' }, stockNumber: { column: 'stock_number', words: 'Stock number' } } as const

/**
 * Refuses a VIN or stock number that another car has, and names that car. The unique index is what holds; the lock on the value makes
 * the second of two writers wait for the first, so that it too hears which car it met.
 */
export const refuseTwins: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const refusals = []
  for (const field of ['vin', 'stockNumber'] as const) {
    const value = data[field]
    if (typeof value !== 'string' || value.includes('\0') || value === originalDoc?.[field]) continue
    const twin = await twinOf(req, field, value, originalDoc?.id)
    if (twin) refusals.push({ path: field, message: `${UNIQUE[field].words} ${value} is already on ${twin}.` })
  }
  if (refusals.length > 0) throw new ValidationError({ collection: 'inventory', errors: refusals }, req.t)
  return data
}

async function twinOf(req: PayloadRequest, field: keyof typeof UNIQUE, value: string, id: unknown): Promise<string | null> {
  const { db, tables } = transactionOf(req)
  const column = sql.identifier(UNIQUE[field].column)
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`inventory.${field}.${value}`}, 0))`)
  const others = await db.execute(
    sql`select id, title, stock_number, status from ${tables['inventory']} where ${column} = ${value}`,
  )
  const twin = others.rows.find((row) => row['id'] !== id)
  return twin ? `${String(twin['title'])} (stock number ${String(twin['stock_number'])}, ${String(twin['status'])})` : null
}
