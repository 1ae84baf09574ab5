import { type PostgresAdapter, type PostgresAdapterArgs, sql } from '@payloadcms/db-postgres'
import { SQL } from '@payloadcms/db-postgres/drizzle'
import type {
  CollectionSlug,
  FlattenedField,
  Payload,
  PayloadRequest,
  SanitizedCollectionConfig,
} from 'payload'
import { z } from 'zod'
import { getTableName } from '../../fields/column.ts'
import { type ComputedSql, findComputedSql } from '../../fields/computed.ts'
import { getTransaction } from '../transaction.ts'

type AfterHook = NonNullable<PostgresAdapterArgs['afterSchemaInit']>[number]
type Row = Record<string, unknown>
type Args = {
  collection: CollectionSlug
  req?: Partial<PayloadRequest>
  select?: Readonly<Record<string, unknown>>
}
type Read<Result> = (this: unknown, args: Args) => Promise<Result>
type Database = {
  payload: Payload
  find: Read<{ docs: Row[] }>
  findOne: Read<Row | null>
  create: Read<Row>
  updateOne: Read<Row | null>
}
type ComputedField = { field: FlattenedField; expression: ComputedSql }

/** An expression in the place of a column, with what Payload reads of a column. */
class ComputedColumn extends SQL {
  readonly name: string
  readonly table: unknown

  constructor(name: string, table: unknown, expression: string) {
    super(sql.raw(`(${expression})`).queryChunks)
    this.name = name
    this.table = table
  }
}

/**
 * Adds the computed fields of each collection to its table object, outside of its columns: Payload
 * finds them there for `where` and `sort`, and no statement selects or writes them.
 */
export const addComputedColumns: AfterHook = ({ adapter, schema }) => {
  for (const collection of adapter.payload.config.collections) {
    const name = getTableName(collection)
    const table = schema.tables[name]
    for (const { field, expression } of table ? listComputedFields(collection) : [])
      Object.assign(table as object, {
        [field.name]: new ComputedColumn(field.name, table, expression(`"${name}"`)),
      })
  }
  return schema
}

/**
 * Adds the values of computed fields to the rows that Payload reads, creates and updates, with one
 * statement for all of them. Only those that the caller may read are computed.
 *
 * Payload 3.90.1 has no fields that are SQL expressions: a virtual field is computed by hooks, for
 * one row at a time, and cannot be filtered or sorted (docs/fields/overview.mdx).
 *
 * Can be removed when Payload supports generated values that are not stored.
 */
export function computeFields(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as Database
  const { find, findOne, create, updateOne } = database
  const complete = (args: Args, rows: readonly Row[]) => completeRows(database.payload, args, rows)
  database.find = async function (args) {
    const result = await find.call(this, args)
    await complete(args, result.docs)
    return result
  }
  database.findOne = async function (args) {
    const row = await findOne.call(this, args)
    if (row) await complete(args, [row])
    return row
  }
  database.create = async function (args) {
    const row = await create.call(this, args)
    await complete(args, [row])
    return row
  }
  database.updateOne = async function (args) {
    const row = await updateOne.call(this, args)
    if (row) await complete(args, [row])
    return row
  }
  return adapter
}

function listComputedFields({ flattenedFields }: SanitizedCollectionConfig): ComputedField[] {
  return flattenedFields.flatMap((field) => {
    const expression = findComputedSql(field)
    return expression ? [{ field, expression }] : []
  })
}

async function completeRows(payload: Payload, args: Args, rows: readonly Row[]): Promise<void> {
  const { config } = payload.collections[args.collection]
  const fields = listComputedFields(config)
  if (fields.length === 0 || rows.length === 0) return
  const wanted = await chooseFields(fields, args)
  if (wanted.length === 0) return
  const values = await computeValues(payload, { args, table: getTableName(config), wanted }, rows)
  for (const row of rows) Object.assign(row, values.get(String(row['id'])))
}

/**
 * The computed fields that a read selects and its caller may see. To read one row, Payload does not
 * tell who the caller is: it drops the values that they may not see afterwards.
 */
async function chooseFields(
  fields: readonly ComputedField[],
  { req, select }: Args,
): Promise<ComputedField[]> {
  const selected = fields.filter(({ field }) => isSelected(field.name, select))
  if (!req || !('user' in req)) return selected
  const wanted: ComputedField[] = []
  for (const computed of selected)
    if (req.user && (await canRead(computed, req))) wanted.push(computed)
  return wanted
}

function isSelected(name: string, select: Args['select']): boolean {
  if (!select) return true
  return Object.values(select).includes(false) ? select[name] !== false : select[name] === true
}

async function canRead({ field }: ComputedField, req: Partial<PayloadRequest>): Promise<boolean> {
  const read = 'access' in field ? field.access.read : undefined
  return read ? read({ req: req as PayloadRequest }) : true
}

const VALUES = z.looseObject({ id: z.union([z.string(), z.number()]) })

async function computeValues(
  payload: Payload,
  { args, table, wanted }: { args: Args; table: string; wanted: readonly ComputedField[] },
  rows: readonly Row[],
): Promise<ReadonlyMap<string, Row>> {
  const columns = wanted.map(
    ({ field, expression }) =>
      sql`(${sql.raw(expression('computed'))})::float8 as ${sql.identifier(field.name)}`,
  )
  const ids = rows.map(({ id }) => String(id))
  const { transactionID } = args.req ?? {}
  const { db } = getTransaction({ payload, ...(transactionID !== undefined && { transactionID }) })
  const found = await db.execute(
    sql`select id, ${sql.join(columns, sql`, `)} from ${sql.identifier(table)} computed
      where id::text = any(${sql.param(ids)}::text[])`,
  )
  return new Map(
    z
      .array(VALUES)
      .parse(found.rows)
      .map(({ id, ...values }) => [String(id), values]),
  )
}
