import type { GraphQLExtension, PayloadRequest } from 'payload'
import { deleteOrTrash } from './trash.ts'

type TrashArgs = { id: string; trash?: boolean | null }

/**
 * The delete mutations of tables with a trash, which replace Payload's: those delete permanently,
 * while these do so only with `trash: true`.
 */
export const buildTrashMutations: GraphQLExtension = (graphql, { collections }) => {
  const { GraphQLBoolean, GraphQLNonNull, GraphQLString } = graphql
  const args = { id: { type: new GraphQLNonNull(GraphQLString) }, trash: { type: GraphQLBoolean } }
  const withTrash = Object.values(collections).filter(({ config }) => config.trash)
  return Object.fromEntries(
    withTrash.map(({ config, graphQL }) => [
      `delete${graphQL?.type.name ?? ''}`,
      {
        type: graphQL?.type,
        args,
        resolve: (_parent: unknown, { id, trash }: TrashArgs, { req }: { req: PayloadRequest }) =>
          deleteOrTrash(req, config.slug, id, trash === true),
      },
    ]),
  )
}
