import type { GraphQLExtension } from 'payload'

/**
 * Makes the data of the duplicate mutations optional, so that they take any part of the copied row:
 * Payload's require every required field of a new row. An extension that adds no queries.
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
