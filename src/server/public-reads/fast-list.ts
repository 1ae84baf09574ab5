import { LRUCache } from 'lru-cache'
import pg from 'pg'
import type { Payload } from 'payload'
import { postgresOf } from '../../database/transaction.ts'
import { type ReadColumn, readColumns, whyNotFast } from './columns.ts'
import type { Counts } from './counts.ts'
import { type Rehearsed, rehearse } from './rehearse.ts'
import { type ListRow, type ListStatements, listStatements, type Piece, type Statement } from './statement.ts'

/** Answers a list for somebody who is not signed in, to the byte what Payload's handler answers; null where only that one can. */
export type FastList = (query: string, counts: Counts | null) => Promise<string | null>

type Plan = { asked: Rehearsed; statements: ListStatements; where: string }
type FastListOptions = { payload: Payload; slug: string; table: string; origin: string }

/** Plans that are kept: as many as there are kinds of page on a few sites. A prepared statement of each stays in each connection. */
const PLANS = 500
const PREPARED = 50

/**
 * What a query may make PostgreSQL say: values that do not fit (class 22), comparisons that a type does not know (PostgreSQL, appendix A).
 */
const ASKED_WRONG = /^(22|42883)/

/**
 * Reads lists of a collection with one statement that makes PostgreSQL write the JSON. Each new query is rehearsed with Payload's own
 * handler once; anonymous access of the collection must therefore depend on nothing but who asks. A string says why it can't be done.
 */
export function fastList({ payload, slug, table, origin }: FastListOptions): FastList | string {
  const adapter = postgresOf(payload)
  const collection = payload.collections[slug as keyof typeof payload.collections].config
  const why = payload.config.localization ? 'the configuration is localized' : whyNotFast(collection)
  if (why) return why
  const readable = readColumns(collection, adapter.tables[table] as never)
  const plans = new LRUCache<string, Plan | 'plain'>({ max: PLANS })
  const run = preparing(payload, table)

  const plan = async (query: string): Promise<Plan | 'plain'> => {
    const asked = await rehearse(payload, slug, `${origin}/api/${slug}?${query}`)
    const columns = asked?.shown.map((name) => readable.get(name)) ?? []
    if (!asked || !columns.every((column): column is ReadColumn => column !== undefined)) return 'plain'
    const statements = listStatements({ adapter, fields: collection.flattenedFields, table }, asked, columns)
    return statements ? { asked, statements, where: `${slug} ${JSON.stringify(asked.where)}` } : 'plain'
  }

  return async (query, counts) => {
    const planned = plans.get(query) ?? (await plan(query))
    plans.set(query, planned)
    return planned === 'plain' ? null : readList(planned, counts, run)
  }
}

type Run = (statement: Statement) => Promise<ListRow | null>

async function readList({ asked, statements, where }: Plan, counts: Counts | null, run: Run): Promise<string | null> {
  const known = asked.counted ? await counts?.get(where) : undefined
  const counting = asked.counted && known === undefined
  const row = await run(counting ? statements.counted : statements.uncounted)
  const docs = row && !row.odd ? docsOf(row.rows, statements.pieces) : null
  if (row === null || docs === null) return null
  const { total } = row
  if (counting) await counts?.keep(where, Number(total))
  return `{"docs":[${docs.join(',')}],${JSON.stringify(pageOf(asked, known ?? Number(total ?? docs.length), docs.length)).slice(1)}`
}

/** Where a page stands among the others, as Payload says it. `total` counts when the list is counted at all. */
export function pageOf({ counted, limit, page }: Pick<Rehearsed, 'counted' | 'limit' | 'page'>, total: number, rows: number) {
  const single = !counted || total === 0
  const totalPages = single ? 1 : Math.ceil(total / limit)
  const hasNextPage = !single && totalPages > page
  const hasPrevPage = !single && page > 1
  const nextPage = hasNextPage ? page + 1 : null
  const prevPage = hasPrevPage ? page - 1 : null
  const pagingCounter = single ? 1 : (page - 1) * limit + 1
  return {
    hasNextPage,
    hasPrevPage,
    limit,
    nextPage,
    page,
    pagingCounter,
    prevPage,
    totalDocs: single ? rows : total,
    totalPages,
  }
}

/** The rows as JSON texts, put together from their pieces; null when a column of JSON holds what drizzle reads in its own way. */
function docsOf(rows: string, pieces: readonly Piece[]): string[] | null {
  if (rows === '') return []
  const lines = rows.split('\n')
  const docs: string[] = []
  for (let at = 0; at < lines.length; at += pieces.length) {
    let doc = ''
    for (const [i, { columns, json }] of pieces.entries()) {
      const line = lines[at + i] ?? ''
      const inner = json ? written(columns[0]?.name ?? '', line) : line.slice(1, -1)
      if (inner === null) return null
      doc += i === 0 ? inner : `,${inner}`
    }
    docs.push(`{${doc}}`)
  }
  return docs
}

/** A field of JSON as JavaScript writes it. A bare text is left alone: drizzle parses it a second time. */
function written(name: string, json: string): string | null {
  const value: unknown = JSON.parse(json)
  return typeof value === 'string' ? null : `${JSON.stringify(name)}:${JSON.stringify(value)}`
}

/**
 * Runs statements, the first few kinds of them prepared once a connection; kinds differ in their text, not in their values. Null where
 * PostgreSQL can't take a value of the query for what its column holds: Payload says so in its own words.
 */
function preparing(payload: Payload, table: string): Run {
  const names = new Map<string, string>()
  return async ({ text, values }) => {
    if (!names.has(text) && names.size < PREPARED) names.set(text, `public_${table}_${names.size}`)
    const name = names.get(text)
    try {
      const { rows } = await postgresOf(payload).pool.query<ListRow>({ text, values, ...(name && { name }) })
      return rows[0] ?? null
    } catch (error) {
      if (error instanceof pg.DatabaseError && ASKED_WRONG.test(error.code ?? '')) return null
      throw error
    }
  }
}
