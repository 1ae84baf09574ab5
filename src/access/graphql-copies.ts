import type { GraphQLExtension } from 'payload'

/**
 * The mutations that copy a row take what the copy has instead, any part of it: Payload's want
 * every required field of a new row. An extension that adds nothing.
 */
export const relaxDuplicateMutations: GraphQLExtension = (
  { getNullableType },
  { Mutation, collections },
) => {
  for (const { graphQL } of Object.values(collections)) {
    const field = Mutation.fields[`duplicate${graphQL?.type.name ?? ''}`] as
      { args?: Record<string, unknown> } | undefined
    const input = graphQL?.updateMutationInputType
    if (field && input) field.args = { ...field.args, data: { type: getNullableType(input) } }
  }
  return {}
}
