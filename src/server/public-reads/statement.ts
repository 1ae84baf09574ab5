import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { PgDialect, type PgTable } from '@payloadcms/db-postgres/drizzle/pg-core'
import { buildQuery } from '@payloadcms/drizzle'
import type { FlattenedField } from 'payload'
import { endWithId } from '../../domain/sort.ts'
import type { ReadColumn } from './columns.ts'
import type { Rehearsed } from './rehearse.ts'

/** SQL as pg takes it. */
export type Statement = { text: string; values: unknown[] }

/** Columns that PostgreSQL writes as one JSON object, or one column of JSON that JavaScript writes anew. */
export type Piece = { columns: readonly ReadColumn[]; json: boolean }

/**
 * The statements of one list. Each answers one row: `rows` has one line for each piece of each row of the page; `odd` is true when a
 * value among them is left to the plain handler; `counted` also tells the `total` of all pages.
 */
export type ListStatements = { uncounted: Statement; counted: Statement; pieces: readonly Piece[] }

/** Where a collection is kept. */
export type Place = { adapter: PostgresAdapter; fields: FlattenedField[]; table: string }

/** What `listStatements` gets from a statement. */
export type ListRow = { rows: string; odd: boolean; total?: string }

/** The statements that answer what was rehearsed, `where` and order built by Payload itself; null where it would join other tables. */
export function listStatements(
  { adapter, fields, table: tableName }: Place,
  asked: Rehearsed,
  columns: readonly ReadColumn[],
): ListStatements | null {
  const table = adapter.tables[tableName] as unknown as PgTable
  const built = buildByPayload({ adapter, fields, table: tableName }, asked)
  if (built === null || built.joins.length > 0) return null
  const condition = built.where as SQL | undefined
  const where = condition ? sql`where ${condition}` : sql``
  const orders = built.orderBy.map(({ column, order }) => order(column))
  const bounds = sql.raw(`limit ${asked.limit} offset ${(asked.page - 1) * asked.limit}`)
  const page = sql`(select * from ${table} ${where} order by ${sql.join(orders, sql`, `)} ${bounds}) as ${table}`
  const pieces = piecesOf(columns)
  const whole = sql`coalesce(string_agg(${lineOf(pieces)}, E'\\n'), '') as rows, coalesce(bool_or(${oddOf(columns)}), false) as odd from ${page}`
  const total = sql`(select count(*) from ${table} ${where})::text as total`
  return { uncounted: compile(sql`select ${whole}`), counted: compile(sql`select ${total}, ${whole}`), pieces }
}

/** Null where Payload can't put it into SQL: its handler answers that in its own words. */
function buildByPayload({ adapter, fields, table }: Place, { sort, where }: Rehearsed): ReturnType<typeof buildQuery> | null {
  try {
    const order = endWithId(
      sort,
      fields.some(({ name }) => name === 'createdAt'),
    )
    return buildQuery({ adapter: adapter as never, fields, locale: undefined as never, sort: order, tableName: table, where })
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

function piecesOf(columns: readonly ReadColumn[]): Piece[] {
  const pieces: { columns: ReadColumn[]; json: boolean }[] = []
  for (const column of columns) {
    const last = pieces.at(-1)
    if (last && !last.json && !column.json) last.columns.push(column)
    else pieces.push({ columns: [column], json: column.json })
  }
  return pieces
}

/** The pieces of a row, a line each: JSON text holds no line breaks. */
function lineOf(pieces: readonly Piece[]): SQL {
  const lines = pieces.map(({ columns, json }) =>
    json ? sql`coalesce(${list(columns.map(({ value }) => value))}, 'null')` : objectOf(columns),
  )
  return sql`concat_ws(E'\\n', ${list(lines)})`
}

function objectOf(columns: readonly ReadColumn[]): SQL {
  return sql`(select row_to_json(piece) from (select ${list(columns.map(({ name, value }) => sql`${value} as ${sql.identifier(name)}`))}) as piece)`
}

function oddOf(columns: readonly ReadColumn[]): SQL {
  const odds = columns.flatMap(({ odd }) => odd ?? [])
  return odds.length > 0 ? sql.join(odds, sql` or `) : sql`false`
}

const list = (parts: SQL[]) => sql.join(parts, sql`, `)

function compile(statement: SQL): Statement {
  const { sql: text, params } = new PgDialect().sqlToQuery(statement)
  return { text, values: params }
}
