import { hash } from 'node:crypto'
import { ROW_VERSION_HEADER } from '../api/row-version.ts'
import { isKnownTag, isMatchedTag } from '../domain/entity-tag.ts'
import { buildRefusal } from '../api/errors/refusal.ts'

/**
 * Builds the strong entity tag of a body. `version` is the version of the row, if the body is a
 * single row.
 */
export function buildEntityTag(body: Uint8Array, version: string | null = null): string {
  const digest = hash('sha1', body, 'base64url')
  return version ? `"${digest}.${version}"` : `"${digest}"`
}

/**
 * The message for a read whose If-Match or If-Unmodified-Since names a different state than the
 * current one.
 */
export const NOT_MATCHED =
  'The resource does not match If-Match or If-Unmodified-Since. Repeat the request without ' +
  'these headers.'

/**
 * Adds an ETag to the JSON response to a GET: to every public one, and to a single row for every
 * caller who may read it, so that they can change it with If-Match. Responds with 304 to a client
 * that already has it, and with 412 if If-Match names a different state (RFC 9110, 13.2.2).
 */
export async function withEntityTag(
  { headers: request, method }: Request,
  response: Response,
  isPublic: boolean,
): Promise<Response> {
  const version = response.headers.get(ROW_VERSION_HEADER)
  const headers = new Headers(response.headers)
  headers.delete(ROW_VERSION_HEADER)
  const isJson = headers.get('content-type')?.startsWith('application/json') === true
  const hasTag = isJson && (isPublic || version !== null)
  if (
    method === 'GET' &&
    response.status === 200 &&
    isJson &&
    !hasTag &&
    !isMatchedTag(request.get('if-match'), '')
  )
    return buildRefusal(412, NOT_MATCHED)
  if (method !== 'GET' || response.status !== 200 || !hasTag)
    return version ? new Response(response.body, { status: response.status, headers }) : response
  const body = new Uint8Array(await response.arrayBuffer())
  const etag = buildEntityTag(body, version)
  headers.set('etag', etag)
  headers.set('content-length', String(body.byteLength))
  if (!isMatchedTag(request.get('if-match'), etag)) return buildRefusal(412, NOT_MATCHED, { etag })
  if (isKnownTag(request.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers })
  return new Response(body, { status: 200, headers })
}
