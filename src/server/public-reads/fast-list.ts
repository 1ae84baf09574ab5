import { LRUCache } from 'lru-cache'
import pg from 'pg'
import type { Payload } from 'payload'
import type { CacheEntry } from '../../cache/cache.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { type ReadColumn, readColumns, findFastReadObstacle } from './columns.ts'
import { buildTotalEntry, type TotalCache } from './counts.ts'
import { type ListQuery, dryRunList } from './dry-run.ts'
import {
  type ListRow,
  type ListStatements,
  buildListStatements,
  type Chunk,
  type SqlStatement,
} from './statement.ts'

/**
 * Reads a list for an anonymous caller. Returns exactly the bytes that Payload's handler would
 * return; null if only that handler can read the list.
 */
export type FastList = (query: string, totals: TotalCache | null) => Promise<string | null>

type Plan = {
  listQuery: ListQuery
  statements: ListStatements
  totalEntry: CacheEntry
}
/** A collection, its table, and the origin of the product's own addresses. */
export type FastListOptions = {
  payload: Payload
  slug: string
  table: string
  origin: string
}

/**
 * The maximum number of cached plans, which is enough for the kinds of pages on several sites. Each
 * connection keeps prepared statements for the first MAX_PREPARED kinds.
 */
const MAX_PLANS = 500
const MAX_PREPARED = 50

/**
 * PostgreSQL's errors about the values of a query: invalid values (class 22), and comparisons that
 * a type does not support (PostgreSQL, appendix A).
 */
const INVALID_VALUE_CODES = /^(22|42883)/

/** A collection that can be read without Payload. */
export type FastCollection = {
  /** What Payload would read for a query of its list; null if only Payload can. */
  planQuery: (query: string) => Promise<PlannedQuery | null>
  /** Null if the query would join other tables. */
  buildStatements: (planned: PlannedQuery) => ListStatements | null
  run: Run
}

/** A query of a list, and the columns of what is shown. */
export type PlannedQuery = { listQuery: ListQuery; columns: readonly ReadColumn[] }

/**
 * Opens a collection for reads without Payload. Payload's own handler performs a dry run of each
 * query; anonymous access to the collection must therefore only depend on the caller. `purpose`
 * names its prepared statements, which are unique in a connection. Returns a string with the reason
 * if the collection cannot be read in this way.
 */
export function openFastCollection({
  payload,
  slug,
  table,
  origin,
  purpose,
}: FastListOptions & { purpose: string }): FastCollection | string {
  const adapter = getPostgresAdapter(payload)
  const collection = payload.collections[slug as keyof typeof payload.collections].config
  const reason = payload.config.localization
    ? 'the configuration is localized'
    : findFastReadObstacle(collection)
  if (reason) return reason
  const readable = readColumns(collection, adapter.tables[table] as never)
  const target = { adapter, fields: collection.flattenedFields, table }
  return {
    planQuery: async (query) => {
      const listQuery = await dryRunList(payload, slug, `${origin}/api/${slug}?${query}`)
      const columns = listQuery?.shown.map((name) => readable.get(name)) ?? []
      return listQuery && columns.every((column): column is ReadColumn => column !== undefined)
        ? { listQuery, columns }
        : null
    },
    buildStatements: ({ listQuery, columns }) => buildListStatements(target, listQuery, columns),
    run: createStatementRunner(payload, `${purpose}_${table}`),
  }
}

/**
 * Creates a reader for the lists of a collection, with one statement for each list whose JSON
 * PostgreSQL writes. Each new query is planned once. Returns a string with the reason if the
 * collection cannot be read in this way.
 */
export function createFastList(options: FastListOptions): FastList | string {
  const collection = openFastCollection({ ...options, purpose: 'public' })
  if (typeof collection === 'string') return collection
  const { planQuery, buildStatements, run } = collection
  const plans = new LRUCache<string, Plan | 'plain'>({ max: MAX_PLANS })

  const plan = async (query: string): Promise<Plan | 'plain'> => {
    const planned = await planQuery(query)
    const statements = planned && buildStatements(planned)
    if (!planned || !statements) return 'plain'
    const { listQuery } = planned
    const totalEntry = buildTotalEntry(options.table, JSON.stringify(listQuery.where))
    return { listQuery, statements, totalEntry }
  }

  return async (query, totals) => {
    const planned = plans.get(query) ?? (await plan(query))
    plans.set(query, planned)
    return planned === 'plain' ? null : readList(planned, totals, run)
  }
}

/** Runs a statement; null if PostgreSQL rejects one of its values. */
export type Run = (statement: SqlStatement) => Promise<ListRow | null>

async function readList(
  { listQuery, statements, totalEntry }: Plan,
  totals: TotalCache | null,
  run: Run,
): Promise<string | null> {
  const known = listQuery.counted ? await totals?.get(totalEntry) : undefined
  const cached = known?.value
  const counting = listQuery.counted && cached === undefined
  const row = await run(counting ? statements.counted : statements.uncounted)
  const docs = row && buildDocs(row, statements.chunks)
  if (row === null || docs === null) return null
  const { total } = row
  if (total !== undefined && known && known.stamp !== null)
    await totals?.set(totalEntry, Number(total), known.stamp)
  const info = buildPageInfo(listQuery, cached ?? Number(total ?? docs.length), docs.length)
  const members = JSON.stringify(info).slice(1)
  return `{"docs":[${docs.join(',')}],${members}`
}

/**
 * The position of a page among the others, in Payload's format. `total` is only used if the list is
 * counted.
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
 * Builds the rows as JSON texts from their chunks; null if they contain a value that JavaScript
 * would format, or drizzle parse, differently.
 */
export function buildDocs(
  { rows, unportable }: ListRow,
  chunks: readonly Chunk[],
): string[] | null {
  if (unportable) return null
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
 * Formats a JSON field as JavaScript does; null for a bare text, because drizzle parses it a second
 * time.
 */
function formatJsonField(name: string, json: string): string | null {
  const value: unknown = JSON.parse(json)
  return typeof value === 'string' ? null : `${JSON.stringify(name)}:${JSON.stringify(value)}`
}

/**
 * Creates a function that runs statements. The first kinds of statements are prepared once per
 * connection; kinds differ in their text, not in their values. Returns null if PostgreSQL rejects a
 * value of the query: Payload then responds with its own message.
 */
function createStatementRunner(payload: Payload, prefix: string): Run {
  const names = new Map<string, string>()
  return async ({ text, values }) => {
    if (!names.has(text) && names.size < MAX_PREPARED) names.set(text, `${prefix}_${names.size}`)
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
