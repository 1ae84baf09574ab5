/**
 * One error of the API, in the same form for every route: `message` is for people, `code` for
 * programs (see ERROR_CODES), and `path` is the field, column or parameter that it concerns, or
 * null.
 */
export type ApiError = {
  message: string
  code: string
  path: string | null
}

/**
 * The default code of every status that the API returns. A more specific code is used where a
 * client can react to it.
 */
const ERROR_CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  410: 'gone',
  411: 'length_required',
  412: 'precondition_failed',
  413: 'content_too_large',
  415: 'unsupported_media_type',
  416: 'range_not_satisfiable',
  421: 'misdirected_request',
  422: 'unprocessable_content',
  429: 'too_many_requests',
  500: 'internal_error',
  501: 'not_implemented',
  502: 'bad_gateway',
  503: 'service_unavailable',
  507: 'insufficient_storage',
}

/** The code for a value that its field rejects. */
export const VALIDATION_FAILED = 'validation_failed'

/**
 * The code for a token that is expired, revoked, issued for another recipient, or not a token at
 * all (RFC 6750, 3.1).
 */
export const INVALID_TOKEN = 'invalid_token'

/** The stable code of a status; the code of its class if the status has none of its own. */
export function getErrorCode(status: number): string {
  return ERROR_CODES[status] ?? (status < 500 ? 'bad_request' : 'internal_error')
}

/** Builds the body of a response with one error. */
export function buildErrorBody(
  status: number,
  message: string,
  { code = getErrorCode(status), path = null }: Partial<ApiError> = {},
): { errors: [ApiError] } {
  return { errors: [{ message, code, path }] }
}

type ErrorBody = Record<string, unknown>

/**
 * Converts the body of any error response to the form above. Accepts Payload's `{ errors: [{ name,
 * message, data }] }` and `{ message }`, a text, or nothing. An error about several fields becomes
 * one error for each field; `name` and `data`, which the panel reads, stay with the first one.
 */
export function formatErrorBody(
  status: number,
  body: unknown,
): ErrorBody & { errors: ErrorBody[] } {
  const fields = isObject(body) ? body : {}
  const errors = Array.isArray(fields['errors']) ? fields['errors'].filter(isObject) : []
  if (errors.length > 0)
    return { ...fields, errors: errors.flatMap((error) => formatError(status, error)) }
  const message =
    typeof fields['message'] === 'string' ? fields['message'] : typeof body === 'string' ? body : ''
  return buildErrorBody(
    status,
    message || `The request was refused: ${getErrorCode(status).replaceAll('_', ' ')}.`,
  )
}

function formatError(status: number, error: ErrorBody): ErrorBody[] {
  const { message: text, code, path, data, ...rest } = error
  const message = typeof text === 'string' && text ? text : 'Something went wrong.'
  const extras = { ...rest, ...(data !== undefined && data !== null && { data }) }
  const [first, ...others] = findFields(data)
  const one: ApiError = {
    message: first && others.length > 0 ? formatField(first) : message,
    code:
      asText(code) ?? findCode(data) ?? (first?.message ? VALIDATION_FAILED : getErrorCode(status)),
    path: asText(path) ?? first?.path ?? null,
  }
  const more = others.map((field): ApiError => ({
    message: formatField(field),
    code: one.code,
    path: field.path,
  }))
  return [{ ...one, ...extras }, ...more]
}

type Field = { path: string; message?: string }

/**
 * The fields that a Payload error concerns: `data.errors` of a ValidationError, or `data` itself of
 * a QueryError.
 */
function findFields(data: unknown): Field[] {
  const list = Array.isArray(data)
    ? data
    : isObject(data) && Array.isArray(data['errors'])
      ? data['errors']
      : []
  return list.flatMap((one: unknown) => {
    const path = isObject(one) ? asText(one['path']) : undefined
    const message = isObject(one) ? asText(one['message']) : undefined
    return path === undefined ? [] : [{ path, ...(message !== undefined && { message }) }]
  })
}

const findCode = (data: unknown) => (isObject(data) ? asText(data['code']) : undefined)
const formatField = ({ path, message }: Field) => message ?? `${path} cannot be used`
const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const isObject = (value: unknown): value is ErrorBody =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
