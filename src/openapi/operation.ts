import type { Endpoint } from 'payload'
import { z } from 'zod'
import { checkOwnParameters } from '../access/query-parameters.ts'

/** Who may ask: an owner by their access token, staff by session or token, an admin of either kind, or everybody. */
export type Asker = 'owner' | 'staff' | 'anybody'

/** An answer by its media type; `schema` is null where it is no JSON, or has no body. */
export type Answer = { description: string; type: string | null; schema: z.ZodType | null }

/** What one endpoint takes and answers, said once: the endpoint reads requests by the same schemas. */
export type Statement = {
  summary: string
  askers: readonly Asker[]
  /** Parts of the path that begin with a colon, and what follows the question mark: each value as it stands in the URL. */
  params?: z.ZodObject
  query?: z.ZodObject
  /** Whether it is the target of a link in a mail, to which mail programs add parameters of their own. */
  isMailed?: true
  body?: z.ZodType
  answers: Readonly<Record<number, Answer>>
}

/**
 * An endpoint that states what it takes and answers, as `custom.openapi`. A parameter that it does not state is a 400, except in mailed
 * links.
 */
export const stated = (statement: Statement, endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  handler: (req) => {
    if (!statement.isMailed) checkOwnParameters(req, Object.keys(statement.query?.shape ?? {}))
    return endpoint.handler(req)
  },
  custom: { ...endpoint.custom, openapi: statement },
})

/** The statement of an endpoint; undefined for those of Payload. */
export const statementOf = ({ custom }: Pick<Endpoint, 'custom'>): Statement | undefined =>
  custom?.['openapi'] as Statement | undefined

export const json = (description: string, schema: z.ZodType): Answer => ({ description, type: 'application/json', schema })
export const page = (description: string): Answer => ({ description, type: 'text/html', schema: null })
export const bytes = (description: string, type: string): Answer => ({ description, type, schema: null })
export const redirect = (description: string): Answer => ({ description, type: null, schema: null })

/** What every refusal looks like. */
export const REFUSAL = z.object({
  errors: z
    .array(
      z.looseObject({
        message: z.string().describe('For people.'),
        code: z.string().describe('For programs; see the README.'),
        path: z.string().nullable().describe('The field or column it is about.'),
      }),
    )
    .min(1),
})

export const MESSAGE = z.strictObject({ message: z.string() })

/** A row as the API of its collection answers it. */
export const rowOf = (collection: string) =>
  z.looseObject({ id: z.union([z.string(), z.number()]) }).describe(`A row of ${collection}.`)

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request can not be used; the message says why, and what would do.',
  401: 'Nobody is signed in.',
  403: 'Who asks may not; with the code terms_required, not before the terms are agreed to.',
  404: 'There is nothing of this name, or nothing that who asks may see.',
  409: 'Not as things are now; the message says what stands in the way.',
  410: 'The link was used before, or is too old.',
  429: 'Too often; try again later.',
  501: 'This server is not set up for it.',
  502: 'The identity provider refused.',
}

/** Refusals by these statuses; and 503 always, while the database or the provider is away. */
export function refusals(...statuses: number[]): Record<number, Answer> {
  const said = statuses.map((status) => [status, json(WORDS[status] ?? 'Refused.', REFUSAL)] as const)
  return Object.fromEntries([
    ...said,
    [503, json('The database or the identity provider is away; Retry-After says when.', REFUSAL)],
  ])
}
