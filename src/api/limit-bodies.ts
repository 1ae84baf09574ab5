import {
  APIError,
  type Endpoint,
  type PayloadRequest,
  type SanitizedConfig,
  ValidationError,
} from 'payload'
import { describeInexact } from '../domain/exact-number.ts'
import { findInexactNumber, findJsonTextProblem } from '../domain/json-limits.ts'
import { findEncodingProblem, parseMediaType } from '../domain/media-type.ts'
import { decodeUtf8, NOT_UTF8 } from '../domain/utf8.ts'
import { isMultipart } from '../uploads/body-limits.ts'
import { mapEndpoints } from './map-endpoints.ts'

/**
 * Payload's handler of preferences treats an unreadable body as an empty one and responds with 200.
 * Only staff can reach it.
 */
const PREFERENCES_SLUG = 'payload-preferences'

const METHODS_WITH_BODY = ['post', 'patch', 'put', 'delete']

/**
 * Wraps every endpoint of the complete configuration, Payload's and ours, so that a body is checked
 * against JSON_LIMITS before anything parses it: an object with tens of thousands of keys is copied
 * for each field of a collection. Payload reads forms; see `requireJsonObject`.
 */
export function limitBodies(config: SanitizedConfig): SanitizedConfig {
  config.endpoints = config.endpoints.map((endpoint) =>
    limitBody(endpoint),
  ) as SanitizedConfig['endpoints']
  return mapEndpoints(config, (endpoint, { slug }) => limitBody(endpoint, slug))
}

function limitBody(endpoint: Endpoint, slug?: string): Endpoint {
  if (!METHODS_WITH_BODY.includes(endpoint.method)) return endpoint
  const handler: Endpoint['handler'] = async (req) => {
    checkBody(req)
    if (slug === PREFERENCES_SLUG && (await req.text?.())) await req.json?.()
    return endpoint.handler(req)
  }
  return { ...endpoint, handler }
}

/**
 * Throws a 415 for a body that is compressed or in a foreign charset. The text of any other body is
 * checked when the handler reads it, after its access check; `text()` and `json()` then reject with
 * a 415 when it is not sent as JSON, and with a 400 when it is not UTF-8 or exceeds the limits.
 */
function checkBody(req: PayloadRequest): void {
  const encoded = findEncodingProblem(req.headers)
  if (encoded) throw new APIError(encoded, 415, undefined, true)
  if (isMultipart(req.headers.get('content-type')) || !req.arrayBuffer) return
  const read = req.arrayBuffer.bind(req)
  let text: Promise<string> | undefined
  req.text = () => (text ??= read().then((bytes) => checkText(bytes, req)))
  req.json = async () => JSON.parse((await req.text?.()) ?? '') as unknown
}

const NOT_JSON = 'Send the body as application/json.'

function checkText(bytes: ArrayBuffer, req: PayloadRequest): string {
  const { type } = parseMediaType(req.headers.get('content-type'))
  if (bytes.byteLength > 0 && type !== 'application/json')
    throw new APIError(NOT_JSON, 415, undefined, true)
  const text = decodeUtf8(bytes)
  if (text === null) throw new APIError(NOT_UTF8, 400, undefined, true)
  checkJsonText(text, req)
  return text
}

/**
 * Throws a 400 for a JSON text that exceeds JSON_LIMITS, or that contains a number that would
 * change when parsed.
 */
export function checkJsonText(text: string, req: PayloadRequest): void {
  const problem = findJsonTextProblem(text)
  if (problem) throw new APIError(problem, 400, undefined, true)
  const number = findInexactNumber(text)
  if (!number) return
  const reason = describeInexact(number.literal)
  if (number.path === '') throw new APIError(`The body ${reason}.`, 400, undefined, true)
  throw new ValidationError({ errors: [{ path: number.path, message: reason }] }, req.t)
}
