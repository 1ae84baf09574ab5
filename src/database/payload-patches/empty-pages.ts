import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { CollectionSlug, PayloadRequest, Where } from 'payload'

type FindArgs = {
  collection: CollectionSlug
  limit?: number
  page?: number
  pagination?: boolean
  where?: Where
  req?: Partial<PayloadRequest>
}
type Page = { docs: unknown[]; pagingCounter: number } & Record<string, unknown>
type Database = {
  find: (this: unknown, args: FindArgs) => Promise<Page>
  count: (
    this: unknown,
    args: Pick<FindArgs, 'collection' | 'where' | 'req'>,
  ) => Promise<{ totalDocs: number }>
}

/**
 * Counts the rows of a list whose page is empty.
 *
 * If a condition uses a reference, Payload 3.90.1 reads the IDs of the page first, and reports for
 * an empty page that the list has no rows and that the page is the first one
 * (@payloadcms/drizzle/dist/find/findMany.js). With this patch, the list is counted, as Payload
 * counts every other list.
 *
 * Can be removed when Payload counts such a list.
 */
export function countEmptyPages(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as Database
  const { find } = database
  database.find = async function (args) {
    const result = await find.call(this, args)
    if (result.docs.length > 0 || result.pagingCounter !== 0) return result
    const { collection, limit = 0, page = 1, pagination, where, req } = args
    const isPaged = pagination !== false && limit > 0
    const { totalDocs } = isPaged
      ? await database.count.call(this, {
          collection,
          ...(where && { where }),
          ...(req && { req }),
        })
      : { totalDocs: 0 }
    return { ...result, ...describePage({ limit, page, totalDocs }) }
  }
  return adapter
}

/** The page information that Payload returns for an empty page in every other list. */
function describePage({
  limit,
  page,
  totalDocs,
}: {
  limit: number
  page: number
  totalDocs: number
}) {
  if (totalDocs === 0) return { limit, page, totalDocs, totalPages: 1, pagingCounter: 1 }
  const totalPages = Math.ceil(totalDocs / limit)
  return {
    limit,
    page,
    totalDocs,
    totalPages,
    pagingCounter: (page - 1) * limit + 1,
    hasPrevPage: true, // an empty page of a list with rows is never the first
    hasNextPage: false,
    prevPage: page - 1,
  }
}
