import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { CollectionSlug, Payload } from 'payload'

type Join = { limit?: number; page?: number }
type FindArgs = {
  collection: CollectionSlug
  joins?: Record<string, Join | false | undefined> | false
}
type Row = Record<string, unknown>
type Find<Result> = (this: unknown, args: FindArgs) => Promise<Result>

/** A page of a joined list: its number of rows, and the larger page that Payload reads instead. */
type Page = {
  path: string
  rows: number
  read: Required<Join>
}

/**
 * Makes pages of joined lists start at the right row.
 *
 * Payload 3.90.1 reads one row more than `limit` to find out whether there is another page, and
 * includes that row in the offset, so rows are missing from the third page on
 * (@payloadcms/drizzle/dist/find/traverseFields.js). With this patch, a page whose offset would be
 * wrong is read as part of a larger page with a correct offset, and then cut to size.
 *
 * Can be removed when Payload computes the offset from the requested limit.
 */
export function readJoinedPages(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as {
    payload: Payload
    find: Find<{ docs: Row[] }>
    findOne: Find<Row | null>
  }
  const { find, findOne } = database
  const larger = (args: FindArgs) => {
    const pages = findPages(database.payload, args)
    const read = Object.fromEntries(
      pages.map(({ path, read: join }) => [
        path,
        { ...((args.joins as Row)[path] as Join), ...join },
      ]),
    )
    return { pages, args: pages.length > 0 ? { ...args, joins: { ...args.joins, ...read } } : args }
  }
  database.find = async function (findArgs) {
    const { pages, args } = larger(findArgs)
    const result = await find.call(this, args)
    for (const row of result.docs) cutPages(row, pages)
    return result
  }
  database.findOne = async function (given) {
    const { pages, args } = larger(given)
    const row = await findOne.call(this, args)
    if (row) cutPages(row, pages)
    return row
  }
  return adapter
}

function findPages({ collections }: Payload, { collection, joins }: FindArgs): Page[] {
  if (!joins) return []
  return Object.values(collections[collection].config.joins)
    .flat()
    .flatMap(({ field, joinPath }) => {
      const join = joins[joinPath]
      if (!join) return []
      const rows = join.limit ?? field.defaultLimit ?? 10
      return rows > 0 && (join.page ?? 1) > 2
        ? [{ path: joinPath, rows, read: findLargerPage(rows, Number(join.page)) }]
        : []
    })
}

/**
 * The smallest page that starts at the same row, with Payload's offset of `(page - 1) * (limit + 1)
 * - 1`.
 */
function findLargerPage(rows: number, page: number): Required<Join> {
  const offset = (page - 1) * rows
  let limit = rows
  while ((offset + 1) % (limit + 1) !== 0) limit++
  return { limit, page: (offset + 1) / (limit + 1) + 1 }
}

function cutPages(row: Row, pages: readonly Page[]): void {
  for (const { path, rows } of pages) {
    const list = row[path] as { docs: unknown[]; hasNextPage: boolean } | undefined
    if (!list) continue
    list.hasNextPage ||= list.docs.length > rows
    list.docs = list.docs.slice(0, rows)
  }
}
