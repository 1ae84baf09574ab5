import type { Api } from './forecourt.ts'

/** What GraphQL answered; the parts are as the query names them. */
export type GraphqlAnswer = {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions?: { statusCode?: number } }[]
}

/**
 * Asks GraphQL as whoever `api` is. Answers with its body whatever the status: GraphQL tells
 * refusals in the body.
 */
export async function queryGraphql(
  api: Api,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphqlAnswer> {
  const answer = await api.post('/api/graphql').send({ query, variables })
  return answer.body as GraphqlAnswer
}
