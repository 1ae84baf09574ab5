import { createHash } from 'node:crypto'
import { ROW_VERSION_HEADER } from '../access/row-version.ts'
import { isKnownTag, isMatchedTag } from '../domain/entity-tag.ts'
import { buildRefusal } from './refusal.ts'

/**
 * The strong tag of a body. `version` is that of the row which the body holds, if it is one row.
 */
export function buildEntityTag(body: Uint8Array, version: string | null = null): string {
  const hash = createHash('sha1').update(body).digest('base64url')
  return version ? `"${hash}.${version}"` : `"${hash}"`
}

/**
 * The refusal of a read whose If-Match or If-Unmodified-Since names another state than the one
 * there is now.
 */
export const NOT_MATCHED =
  'The resource does not match If-Match or If-Unmodified-Since. Repeat the request without ' +
  'these headers.'

/**
 * Gives a JSON answer to GET its ETag: every public one, and one row to anybody who may read it, so
 * that they can change it with If-Match. Answers 304 to a client that has it, and 412 to one whose
 * If-Match names another (RFC 9110, 13.2.2).
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
