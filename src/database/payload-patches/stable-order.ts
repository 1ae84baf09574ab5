import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { CollectionSlug, Payload } from 'payload'
import { appendIdToSort } from '../../domain/sort.ts'

type Sort = string | string[] | undefined
type Joins = Record<string, { sort?: Sort } | false | undefined> | false
type FindArgs = {
  collection: CollectionSlug
  sort?: Sort
  joins?: Joins
}
type Find = (this: unknown, args: FindArgs) => Promise<unknown>

/**
 * Adds the ID as the last sort column of every list and joined list.
 *
 * Payload 3.90.1 sorts by the columns of `sort` and by `createdAt`
 * (@payloadcms/drizzle/dist/queries/buildOrderBy.js). Rows from one statement are equal in both,
 * and PostgreSQL would return them in a different order for each page.
 *
 * Can be removed when Payload adds a unique column to every sort.
 */
export function stabilizeOrder(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as { payload: Payload; find: Find; findOne: Find }
  const original = { find: database.find, findOne: database.findOne }
  const hasCreatedAt = (slug: string) =>
    database.payload.collections[slug as CollectionSlug].config.flattenedFields.some(
      ({ name }) => name === 'createdAt',
    )
  const orderJoins = ({ collection, joins }: FindArgs) =>
    joins ? { joins: stabilizeJoinedOrder(database.payload, collection, joins) } : {}
  database.find = function (args) {
    return original.find.call(this, {
      ...args,
      sort: appendIdToSort(args.sort, hasCreatedAt(args.collection)),
      ...orderJoins(args),
    })
  }
  database.findOne = function (args) {
    return original.findOne.call(this, { ...args, ...orderJoins(args) })
  }
  return adapter
}

function stabilizeJoinedOrder(
  { collections }: Payload,
  collection: CollectionSlug,
  joins: Exclude<Joins, false>,
): Joins {
  const ordered = { ...joins }
  for (const [slug, declared] of Object.entries(collections[collection].config.joins)) {
    const { config } = collections[slug as CollectionSlug]
    const hasCreatedAt = config.flattenedFields.some(({ name }) => name === 'createdAt')
    for (const { field, joinPath } of declared) {
      const join = ordered[joinPath]
      if (join === false) continue
      const sort = appendIdToSort(
        join?.sort ?? field.defaultSort ?? config.defaultSort,
        hasCreatedAt,
      )
      ordered[joinPath] = { ...join, sort }
    }
  }
  return ordered
}
