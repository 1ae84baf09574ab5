import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { PgDialect, type PgTable } from '@payloadcms/db-postgres/drizzle/pg-core'
import { buildQuery } from '@payloadcms/drizzle'
import type { FlattenedField } from 'payload'
import { appendIdToSort } from '../../domain/sort.ts'
import type { ReadColumn } from './columns.ts'
import type { ListQuery } from './dry-run.ts'

/** An SQL statement in the form that pg takes. */
export type SqlStatement = { text: string; values: unknown[] }

/**
 * A part of a row: columns that PostgreSQL writes as one JSON object, or one JSON column that
 * JavaScript formats again.
 */
export type Chunk = { columns: readonly ReadColumn[]; json: boolean }

/**
 * The statements of one list. Each returns one row: `rows` has one line for each chunk of each row
 * of the page; `unportable` is true if the plain handler must read the list because of a value;
 * `counted` also returns the `total` of all pages.
 */
export type ListStatements = {
  uncounted: SqlStatement
  counted: SqlStatement
  chunks: readonly Chunk[]
}

/** The table of a collection, its fields, and the adapter. */
export type QueryTarget = {
  adapter: PostgresAdapter
  fields: FlattenedField[]
  table: string
}

/** The row that each of the `ListStatements` returns. */
export type ListRow = {
  rows: string
  unportable: boolean
  total?: string
}

/**
 * Builds the statements for the result of a dry run; Payload itself builds `where` and the order.
 * Null if the query would join other tables.
 */
export function buildListStatements(
  { adapter, fields, table: tableName }: QueryTarget,
  listQuery: ListQuery,
  columns: readonly ReadColumn[],
): ListStatements | null {
  const table = adapter.tables[tableName] as unknown as PgTable
  const built = buildPayloadQuery({ adapter, fields, table: tableName }, listQuery)
  if (built === null || built.joins.length > 0) return null
  const condition = built.where as SQL | undefined
  const where = condition ? sql`where ${condition}` : sql``
  const orders = built.orderBy.map(({ column, order }) => order(column))
  const bounds = sql.raw(
    `limit ${listQuery.limit} offset ${(listQuery.page - 1) * listQuery.limit}`,
  )
  const page = sql`(select * from ${table} ${where} order by ${sql.join(orders, sql`, `)} ${bounds})
    as ${table}`
  const chunks = groupChunks(columns)
  const selection = sql`coalesce(string_agg(${buildLineSql(chunks)}, E'\\n'), '') as rows,
    coalesce(bool_or(${buildNotPortableSql(columns)}), false) as unportable from ${page}`
  const total = sql`(select count(*) from ${table} ${where})::text as total`
  return {
    uncounted: compileStatement(sql`select ${selection}`),
    counted: compileStatement(sql`select ${total}, ${selection}`),
    chunks,
  }
}

/**
 * Null if Payload cannot convert the query to SQL: its handler then responds with its own message.
 */
function buildPayloadQuery(
  { adapter, fields, table }: QueryTarget,
  { sort, where }: ListQuery,
): ReturnType<typeof buildQuery> | null {
  try {
    const order = appendIdToSort(
      sort,
      fields.some(({ name }) => name === 'createdAt'),
    )
    return buildQuery({
      adapter: adapter as never,
      fields,
      locale: undefined as never,
      sort: order,
      tableName: table,
      where,
    })
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

function groupChunks(columns: readonly ReadColumn[]): Chunk[] {
  const chunks: { columns: ReadColumn[]; json: boolean }[] = []
  for (const column of columns) {
    const last = chunks.at(-1)
    if (last && !last.json && !column.json) last.columns.push(column)
    else chunks.push({ columns: [column], json: column.json })
  }
  return chunks
}

/** The chunks of a row, one line each: JSON text contains no line breaks. */
function buildLineSql(chunks: readonly Chunk[]): SQL {
  const lines = chunks.map(({ columns, json }) =>
    json
      ? sql`coalesce(${joinSql(columns.map(({ value }) => value))}, 'null')`
      : buildObjectSql(columns),
  )
  return sql`concat_ws(E'\\n', ${joinSql(lines)})`
}

function buildObjectSql(columns: readonly ReadColumn[]): SQL {
  return sql`(select row_to_json(piece) from (select
    ${joinSql(columns.map(({ name, value }) => sql`${value} as ${sql.identifier(name)}`))}) as
      piece)`
}

function buildNotPortableSql(columns: readonly ReadColumn[]): SQL {
  const conditions = columns.flatMap(({ notPortable }) => notPortable ?? [])
  return conditions.length > 0 ? sql.join(conditions, sql` or `) : sql`false`
}

const joinSql = (parts: SQL[]) => sql.join(parts, sql`, `)

function compileStatement(statement: SQL): SqlStatement {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement)
  return { text, values: params }
}
