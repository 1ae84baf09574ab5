import { sql } from '@payloadcms/db-postgres'
import { APIError, type CollectionBeforeDeleteHook, type PayloadRequest } from 'payload'
import {
  findTableCollection,
  getFieldColumn,
  findColumnField,
  getCollectionTable,
} from '../../src/database/tables.ts'
import { getTransaction } from '../../src/database/transaction.ts'

/**
 * A foreign key, by its documented names: the table and column that refer, and the column that is
 * referred to.
 */
type Reference = {
  table: string
  column: string
  key: string
}

/**
 * A row that others refer to cannot be deleted: a 409 reports how many rows of which tables do. The
 * row is locked first, so that no reference is added in the meantime. References that are deleted
 * or cleared with the row do not count; the foreign keys of the database are the last line of
 * defense.
 */
export const restrictDelete: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const { db } = getTransaction(req)
  const table = getCollectionTable(req.payload, collection.slug)
  const references = await loadReferences(req, table.name)
  if (references.length === 0) return
  const held = await db.execute(
    sql`select * from ${table.sql} where ${table.keySql} = ${id} for update`,
  )
  const row = held.rows[0]
  if (!row) return
  const found: string[] = []
  for (const reference of references) {
    const description = await describeReferringRows(req, reference, row[reference.key])
    if (description) found.push(description)
  }
  if (found.length === 0) return
  const title = row[getFieldColumn(req.payload, table.name, collection.admin.useAsTitle ?? 'id')]
  const name = typeof title === 'string' ? title.slice(0, 100) : `Row ${id}`
  throw new APIError(
    `${name} is still in use by ${found.join(' and ')}. Change or delete those first.`,
    409,
    undefined,
    true,
  )
}

async function loadReferences(req: PayloadRequest, table: string): Promise<Reference[]> {
  const { db } = getTransaction(req)
  const found = await db.execute(sql`
    select referring.relname as "table", own.attname as "column", theirs.attname as "key"
    from pg_constraint c
    join pg_class referring on referring.oid = c.conrelid
    join pg_attribute own on own.attrelid = c.conrelid and own.attnum = c.conkey[1]
    join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = c.confkey[1]
    where c.contype = 'f' and c.confrelid = to_regclass(quote_ident(${table}))
      and c.confdeltype in ('a', 'r')
    order by 1, 2`)
  return found.rows as Reference[]
}

async function describeReferringRows(
  req: PayloadRequest,
  { table, column }: Reference,
  value: unknown,
): Promise<string | null> {
  const { db } = getTransaction(req)
  const found = await db.execute(
    sql`select count(*)::int as rows from ${sql.identifier(table)}
      where ${sql.identifier(column)} = ${value}`,
  )
  const rows = Number(found.rows[0]?.['rows'])
  const name = findTableCollection(req.payload, table)?.slug ?? table
  const field = findColumnField(req.payload, table, column) ?? column
  return rows === 0 ? null : `${rows} ${rows === 1 ? 'row' : 'rows'} of ${name} (${field})`
}
