import type { GraphQLExtension } from 'payload'

/**
 * Changes the type of `exp`, the expiry of a token in seconds since 1970, to Float: Payload's Int
 * has 32 bits, which end in January 2038, and an owner's token may be valid for longer.
 */
export const widenExpiry: GraphQLExtension = (
  { GraphQLFloat, GraphQLObjectType },
  { Mutation, Query },
) => {
  for (const { type } of [...Object.values(Query.fields), ...Object.values(Mutation.fields)] as {
    type: unknown
  }[]) {
    const expiry = type instanceof GraphQLObjectType ? type.getFields()['exp'] : undefined
    if (expiry) expiry.type = GraphQLFloat
  }
  return {}
}
