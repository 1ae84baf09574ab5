import type { GraphQLFieldResolver } from 'graphql'
import type { CollectionSlug, GraphQLExtension, JoinField, PayloadRequest, Where } from 'payload'
import { DEFAULT_ROWS } from '../limits.ts'

type JoinArgs = {
  count?: boolean
  limit?: number
  page?: number
  sort?: string
  where?: Where
}
type Resolve = GraphQLFieldResolver<{ id: string | number }, { req: PayloadRequest }, JoinArgs>

/**
 * Reads a joined list of GraphQL as the page of a list: `limit` rows, starting at row `(page - 1) *
 * limit`. Payload's resolver reads one more row and includes it in the offset of each page, so that
 * rows are missing from the second page on. An extension that adds no queries.
 */
export const readJoinedLists: GraphQLExtension = (_graphql, { collections }) => {
  for (const { config, graphQL } of Object.values(collections)) {
    const fields = graphQL?.type.getFields() ?? {}
    for (const { field } of Object.values(config.joins).flat()) {
      const joined = fields[field.name]
      if (!joined)
        throw new Error(
          `GraphQL has no field ${config.slug}.${field.name} with a resolver to replace.`,
        )
      joined.resolve = buildResolver(field) as GraphQLFieldResolver<unknown, unknown>
    }
  }
  return {}
}

function buildResolver({ collection, defaultLimit, on }: JoinField): Resolve {
  return async ({ id }, { count, limit, page, sort, where }, { req }) => {
    const own: Where = { [on]: { equals: id } }
    const list = await req.payload.find({
      collection: collection as CollectionSlug,
      depth: 0,
      limit: limit || (defaultLimit ?? DEFAULT_ROWS), // 0 is the default, as in every list
      ...(page !== undefined && { page }),
      ...(sort !== undefined && { sort }),
      where: where && Object.keys(where).length > 0 ? { and: [where, own] } : own,
      overrideAccess: false,
      req,
    })
    const { docs, hasNextPage, totalDocs } = list
    return { docs, hasNextPage, ...(count && { totalDocs }) }
  }
}
