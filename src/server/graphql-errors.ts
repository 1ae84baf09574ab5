import { formatErrorBody } from '../domain/api-error.ts'
import { formatRefusal } from '../api/errors/refusal.ts'

type Extensions = {
  statusCode?: number
  data?: unknown
  code?: string
}

/**
 * Adds the code of an execution error to `extensions`, where GraphQL clients look for it. `path`
 * remains GraphQL's.
 */
export function addErrorCode<Formatted extends { message: string; extensions: Extensions }>(
  error: Formatted,
): Formatted {
  const { message, extensions } = error
  const { statusCode = 500, data } = extensions
  const code = String(
    formatErrorBody(statusCode, { errors: [{ message, data }] }).errors[0]?.['code'],
  )
  return { ...error, extensions: { ...extensions, code } }
}

/**
 * Formats an error before the execution of a document: as in the REST API, with the code also in
 * `extensions`.
 */
export async function formatGraphqlRefusal(response: Response): Promise<Response> {
  if (response.status < 400) return response
  const isExecuted =
    'data' in
    ((await response
      .clone()
      .json()
      .catch(() => ({}))) as object)
  if (isExecuted) return response
  const formatted = await formatRefusal(response)
  const body = (await formatted.json()) as {
    errors: { message: string; code: string; extensions?: Extensions }[]
  }
  const errors = body.errors.map((error) => ({
    ...error,
    extensions: { ...error.extensions, code: error.code },
  }))
  const headers = new Headers(formatted.headers)
  headers.delete('content-type')
  return Response.json({ ...body, errors }, { status: formatted.status, headers })
}
