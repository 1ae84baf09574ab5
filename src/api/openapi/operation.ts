import type { Endpoint } from 'payload'
import { z } from 'zod'

/**
 * Who may call an operation: owners with an access token, staff with a session or token (including
 * admins of either kind), or everyone.
 */
export type Audience = 'owner' | 'staff' | 'anybody'

/** A response by its media type; `schema` is null if it is not JSON, or has no body. */
export type OperationResponse<Schema extends z.ZodType | null = z.ZodType | null> = {
  description: string
  type: string | null
  schema: Schema
}

/**
 * The parameters and responses of one operation. Those of our endpoints are declared once, with
 * `endpoint`, which parses requests with the same schemas.
 */
export type OperationSpec = {
  summary: string
  audience: readonly Audience[]
  /**
   * Path parameters, which start with a colon, and query parameters: each value as it appears in
   * the URL.
   */
  params?: z.ZodObject
  query?: z.ZodObject
  /** Whether it is the target of a link in a mail, to which mail programs may add parameters. */
  isMailLink?: true
  body?: z.ZodType
  /** Whether the body is a file: as it is, or in the part `file` of a form. */
  takesFile?: true
  responses: Readonly<Record<number, OperationResponse>>
}

/** The specification of an endpoint; undefined for Payload's endpoints. */
export const findOperationSpec = ({
  custom,
}: Pick<Endpoint, 'custom'>): OperationSpec | undefined =>
  custom?.['openapi'] as OperationSpec | undefined

export const describeJson = <Schema extends z.ZodType>(
  description: string,
  schema: Schema,
): OperationResponse<Schema> => ({
  description,
  type: 'application/json',
  schema,
})
export const describePage = (description: string): OperationResponse<null> => ({
  description,
  type: 'text/html',
  schema: null,
})
export const describeBytes = (description: string, type: string): OperationResponse<null> => ({
  description,
  type,
  schema: null,
})
export const describeRedirect = (description: string): OperationResponse<null> => ({
  description,
  type: null,
  schema: null,
})

/** The shape of every error response. */
export const REFUSAL = z.object({
  errors: z
    .array(
      z.looseObject({
        message: z.string().describe('A human-readable error message.'),
        code: z.string().describe('A machine-readable error code; the README lists the codes.'),
        path: z.string().nullable().describe('The field or column that the error is about.'),
      }),
    )
    .min(1),
})

export const MESSAGE = z.strictObject({ message: z.string() })

/** A row as the API of its collection returns it. */
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
  413: 'The file is too large, or the owner stores too much; see the message.',
  415: 'The file is of a type that is not accepted, or damaged; see the message.',
  422: 'The file contains malware, or the Idempotency-Key came with another request.',
  410: 'The link has expired or was already used.',
  429: 'Too many requests; try again later.',
  501: 'The server is not configured for this operation.',
  502: 'The identity provider rejected the request.',
}

/**
 * Error responses with these statuses, and always 503, for when the database or the provider is
 * unavailable.
 */
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
