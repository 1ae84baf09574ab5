import { LRUCache } from 'lru-cache'
import pg from 'pg'
import type { Payload } from 'payload'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { type ReadColumn, readColumns, findFastReadObstacle } from './columns.ts'
import type { TotalCache } from './counts.ts'
import { type ListQuery, dryRunList } from './dry-run.ts'
import {
  type ListRow,
  type ListStatements,
  buildListStatements,
  type Chunk,
  type SqlStatement,
} from './statement.ts'

/**
 * Answers a list for somebody who is not signed in, to the byte what Payload's handler answers;
 * null where only that one can.
 */
export type FastList = (query: string, counts: TotalCache | null) => Promise<string | null>

type Plan = { listQuery: ListQuery; statements: ListStatements; where: string }
type FastListOptions = { payload: Payload; slug: string; table: string; origin: string }

/**
 * Plans that are kept: as many as there are kinds of page on a few sites. A prepared statement of
 * each stays in each connection.
 */
const MAX_PLANS = 500
const MAX_PREPARED = 50

/**
 * What a query may make PostgreSQL say: values that do not fit (class 22), comparisons that a type
 * does not know (PostgreSQL, appendix A).
 */
const INVALID_VALUE_CODES = /^(22|42883)/

/**
 * Reads lists of a collection with one statement that makes PostgreSQL write the JSON. Each new
 * query is rehearsed with Payload's own handler once; anonymous access of the collection must
 * therefore depend on nothing but who asks. A string says why it can't be done.
 */
export function createFastList({
  payload,
  slug,
  table,
  origin,
}: FastListOptions): FastList | string {
  const adapter = getPostgresAdapter(payload)
  const collection = payload.collections[slug as keyof typeof payload.collections].config
  const reason = payload.config.localization
    ? 'the configuration is localized'
    : findFastReadObstacle(collection)
  if (reason) return reason
  const readable = readColumns(collection, adapter.tables[table] as never)
  const plans = new LRUCache<string, Plan | 'plain'>({ max: MAX_PLANS })
  const run = createStatementRunner(payload, table)

  const plan = async (query: string): Promise<Plan | 'plain'> => {
    const listQuery = await dryRunList(payload, slug, `${origin}/api/${slug}?${query}`)
    const columns = listQuery?.shown.map((name) => readable.get(name)) ?? []
    if (!listQuery || !columns.every((column): column is ReadColumn => column !== undefined))
      return 'plain'
    const statements = buildListStatements(
      { adapter, fields: collection.flattenedFields, table },
      listQuery,
      columns,
    )
    return statements
      ? { listQuery, statements, where: `${slug} ${JSON.stringify(listQuery.where)}` }
      : 'plain'
  }

  return async (query, counts) => {
    const planned = plans.get(query) ?? (await plan(query))
    plans.set(query, planned)
    return planned === 'plain' ? null : readList(planned, counts, run)
  }
}

type Run = (statement: SqlStatement) => Promise<ListRow | null>

async function readList(
  { listQuery, statements, where }: Plan,
  counts: TotalCache | null,
  run: Run,
): Promise<string | null> {
  const cached = listQuery.counted ? await counts?.get(where) : undefined
  const counting = listQuery.counted && cached === undefined
  const row = await run(counting ? statements.counted : statements.uncounted)
  const docs = row && !row.odd ? buildDocs(row.rows, statements.chunks) : null
  if (row === null || docs === null) return null
  const { total } = row
  if (counting) await counts?.set(where, Number(total))
  const info = buildPageInfo(listQuery, cached ?? Number(total ?? docs.length), docs.length)
  const members = JSON.stringify(info).slice(1)
  return `{"docs":[${docs.join(',')}],${members}`
}

/**
 * Where a page stands among the others, as Payload says it. `total` counts when the list is counted
 * at all.
 */
export function buildPageInfo(
  { counted, limit, page }: Pick<ListQuery, 'counted' | 'limit' | 'page'>,
  total: number,
  rows: number,
) {
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

/**
 * The rows as JSON texts, put together from their pieces; null when a column of JSON holds what
 * drizzle reads in its own way.
 */
function buildDocs(rows: string, chunks: readonly Chunk[]): string[] | null {
  if (rows === '') return []
  const lines = rows.split('\n')
  const docs: string[] = []
  for (let at = 0; at < lines.length; at += chunks.length) {
    let doc = ''
    for (const [i, { columns, json }] of chunks.entries()) {
      const line = lines[at + i] ?? ''
      const inner = json ? formatJsonField(columns[0]?.name ?? '', line) : line.slice(1, -1)
      if (inner === null) return null
      doc += i === 0 ? inner : `,${inner}`
    }
    docs.push(`{${doc}}`)
  }
  return docs
}

/**
 * A field of JSON as JavaScript writes it. A bare text is left alone: drizzle parses it a second
 * time.
 */
function formatJsonField(name: string, json: string): string | null {
  const value: unknown = JSON.parse(json)
  return typeof value === 'string' ? null : `${JSON.stringify(name)}:${JSON.stringify(value)}`
}

/**
 * Runs statements, the first few kinds of them prepared once a connection; kinds differ in their
 * text, not in their values. Null where PostgreSQL can't take a value of the query for what its
 * column holds: Payload says so in its own words.
 */
function createStatementRunner(payload: Payload, table: string): Run {
  const names = new Map<string, string>()
  return async ({ text, values }) => {
    if (!names.has(text) && names.size < MAX_PREPARED)
      names.set(text, `public_${table}_${names.size}`)
    const name = names.get(text)
    try {
      const { rows } = await getPostgresAdapter(payload).pool.query<ListRow>({
        text,
        values,
        ...(name && { name }),
      })
      return rows[0] ?? null
    } catch (error) {
      if (error instanceof pg.DatabaseError && INVALID_VALUE_CODES.test(error.code ?? ''))
        return null
      throw error
    }
  }
}
