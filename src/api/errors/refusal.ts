import type { RequestHandler, Response as ExpressResponse } from 'express'
import { BAD_TOKEN } from '../../auth/owners/bad-token.ts'
import {
  type ApiError,
  buildErrorBody,
  formatErrorBody,
  INVALID_TOKEN,
} from '../../domain/api-error.ts'

/**
 * The challenge of every 401 (RFC 9110, 11.6.1), which describes how to authenticate. Browsers show
 * no dialog for it.
 */
export const CHALLENGE = 'Bearer realm="Forecourt"'

/** Builds an error response of the server: `{ errors: [{ message, code, path }] }`. */
export function buildRefusal(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(buildErrorBody(status, message), {
    status,
    headers: { 'cache-control': 'no-store', ...headers },
  })
}

/** Sends an error response from an Express handler. Headers that were set before are kept. */
export function sendRefusal(
  res: ExpressResponse,
  status: number,
  message: string,
  error: Partial<ApiError> = {},
): void {
  if (status === 401) res.set('www-authenticate', CHALLENGE)
  res.status(status).json(buildErrorBody(status, message, error))
}

/** Builds the response for a token that is valid for no one. */
export const buildBadTokenRefusal = (): Response =>
  Response.json(buildErrorBody(BAD_TOKEN.status, BAD_TOKEN.message, { code: INVALID_TOKEN }), {
    status: BAD_TOKEN.status,
    headers: { 'cache-control': 'no-store', 'www-authenticate': BAD_TOKEN.challenge },
  })

/** Creates an Express handler that refuses every method except those of a path (405 with Allow). */
export const refuseOtherMethods =
  (...methods: readonly string[]): RequestHandler =>
  (req, res) => {
    res.set('allow', methods.join(', '))
    sendRefusal(
      res,
      405,
      `${req.originalUrl.split('?', 1)[0] ?? ''} supports ${methods.join(' and ')}, not ` +
        `${req.method}.`,
    )
  }

/**
 * Converts an error response of any handler to the one format of errors; a successful response is
 * returned unchanged. A 401 gets its challenge. Bodies that are neither JSON nor empty (pages,
 * files) are not changed.
 */
export async function formatRefusal(response: Response): Promise<Response> {
  const { status } = response
  if (status < 400) return response
  const headers = new Headers(response.headers)
  if (status === 401 && !headers.has('www-authenticate')) headers.set('www-authenticate', CHALLENGE)
  const type = headers.get('content-type')
  const isOurs =
    type === null || type.startsWith('application/json') || type.startsWith('text/plain')
  if (!isOurs) return new Response(response.body, { status, headers })
  const text = await response.text()
  headers.delete('content-length')
  headers.delete('content-type')
  return Response.json(formatErrorBody(status, parseJson(text)), { status, headers })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
