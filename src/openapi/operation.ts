import type { Endpoint } from 'payload'
import { z } from 'zod'
import { checkEndpointParameters } from '../access/query-parameters.ts'

/**
 * Who may ask: an owner by their access token, staff by session or token, an admin of either kind,
 * or everybody.
 */
export type Audience = 'owner' | 'staff' | 'anybody'

/** An answer by its media type; `schema` is null where it is no JSON, or has no body. */
export type OperationResponse = {
  description: string
  type: string | null
  schema: z.ZodType | null
}

/**
 * What one endpoint takes and answers, said once: the endpoint reads requests by the same schemas.
 */
export type OperationSpec = {
  summary: string
  audience: readonly Audience[]
  /**
   * Parts of the path that begin with a colon, and what follows the question mark: each value as it
   * stands in the URL.
   */
  params?: z.ZodObject
  query?: z.ZodObject
  /**
   * Whether it is the target of a link in a mail, to which mail programs add parameters of their
   * own.
   */
  isMailLink?: true
  body?: z.ZodType
  responses: Readonly<Record<number, OperationResponse>>
}

/**
 * An endpoint that states what it takes and answers, as `custom.openapi`. A parameter that it does
 * not state is a 400, except in mailed links.
 */
export const documentEndpoint = (spec: OperationSpec, endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  handler: (req) => {
    if (!spec.isMailLink) checkEndpointParameters(req, Object.keys(spec.query?.shape ?? {}))
    return endpoint.handler(req)
  },
  custom: { ...endpoint.custom, openapi: spec },
})

/** The statement of an endpoint; undefined for those of Payload. */
export const findOperationSpec = ({
  custom,
}: Pick<Endpoint, 'custom'>): OperationSpec | undefined =>
  custom?.['openapi'] as OperationSpec | undefined

export const describeJson = (description: string, schema: z.ZodType): OperationResponse => ({
  description,
  type: 'application/json',
  schema,
})
export const describePage = (description: string): OperationResponse => ({
  description,
  type: 'text/html',
  schema: null,
})
export const describeBytes = (description: string, type: string): OperationResponse => ({
  description,
  type,
  schema: null,
})
export const describeRedirect = (description: string): OperationResponse => ({
  description,
  type: null,
  schema: null,
})

/** What every refusal looks like. */
export const REFUSAL = z.object({
  errors: z
    .array(
      z.looseObject({
        message: z.string().describe('The error message, for people.'),
        code: z.string().describe('The error code, for programs; the README lists the codes.'),
        path: z.string().nullable().describe('The field or column that the error is about.'),
      }),
    )
    .min(1),
})

export const MESSAGE = z.strictObject({ message: z.string() })

/** A row as the API of its collection answers it. */
export const buildRowSchema = (collection: string) =>
  z.looseObject({ id: z.union([z.string(), z.number()]) }).describe(`A row of ${collection}.`)

const REFUSAL_DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is not valid; the message explains why and what to send instead.',
  401: 'The request is not authenticated.',
  403:
    'The caller may not do this. The code terms_required means that the owner has to agree to ' +
    'the terms first.',
  404: 'Nothing with this name exists, or the caller may not see it.',
  409: 'Conflict with the current state; see the message.',
  410: 'The link has expired or was already used.',
  429: 'Too many requests; try again later.',
  501: 'This server is not configured for it.',
  502: 'The identity provider rejected the request.',
}

/** Refusals by these statuses; and 503 always, while the database or the provider is away. */
export function describeRefusals(...statuses: number[]): Record<number, OperationResponse> {
  const documented = statuses.map(
    (status) =>
      [status, describeJson(REFUSAL_DESCRIPTIONS[status] ?? 'Refused.', REFUSAL)] as const,
  )
  return Object.fromEntries([
    ...documented,
    [
      503,
      describeJson(
        'The database or the identity provider is unavailable; Retry-After gives the number ' +
          'of seconds to wait.',
        REFUSAL,
      ),
    ],
  ])
}
