import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { RequestHandler } from 'express'

/** The response headers that a page of another origin may read. */
const EXPOSED_HEADERS = [
  'ETag',
  'X-Request-Id',
  'Retry-After',
  'Location',
  'Allow',
  'WWW-Authenticate',
  'Content-Disposition',
  'Content-Range',
  'Accept-Ranges',
  'Idempotent-Replayed',
  'X-Terms-Outdated',
].join(', ')

/** The request headers that a page of any origin may send without credentials. */
const ALLOWED_HEADERS = [
  'Accept',
  'Accept-Language',
  'Apollo-Require-Preflight',
  'Apollographql-Client-Name',
  'Apollographql-Client-Version',
  'Baggage',
  'Cache-Control',
  'Content-Type',
  'GraphQL-Require-Preflight',
  'If-Modified-Since',
  'If-None-Match',
  'If-Range',
  'Last-Event-ID',
  'Pragma',
  'Range',
  'Sentry-Trace',
  'Traceparent',
  'Tracestate',
  'X-Apollo-Operation-Id',
  'X-Apollo-Operation-Name',
  'X-Apollo-Tracing',
  'X-Request-Id',
  'X-Requested-With',
]
/**
 * The additional request headers that only a page of a listed origin may send: those of signed-in
 * requests and writes.
 */
const LISTED_ORIGIN_HEADERS = [
  'Authorization',
  'Idempotency-Key',
  'If-Match',
  'X-Captcha-Token',
  'X-HTTP-Method-Override',
  'X-Payload-HTTP-Method-Override',
]
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
/**
 * How many seconds a browser may cache the response to a preflight request: the maximum in Chrome.
 */
const MAX_AGE = '7200'

const GRAPHQL_PATH = '/api/graphql'

/**
 * The request headers that the responses of the API vary by: shared caches store them separately.
 */
export const VARY = 'Origin, Cookie, Authorization, Accept-Encoding'

const NO_HEADERS: OutgoingHttpHeaders = {}

/** The CORS headers of a response; see `createCorsHeaders`. */
export type CorsHeaders = (
  req: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
) => OutgoingHttpHeaders

/**
 * Creates a function for the CORS headers of responses (Fetch Standard, 3.2). A listed origin may
 * read every response, with credentials. Any other origin may read public responses: anonymous
 * reads and anonymous GraphQL, with `*`, which browsers do not combine with credentials.
 */
export function createCorsHeaders(origins: readonly string[]): CorsHeaders {
  const everybody = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': EXPOSED_HEADERS,
  }
  const listed = new Map(
    origins.map((origin) => [
      origin,
      {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': EXPOSED_HEADERS,
      },
    ]),
  )
  return ({ headers, method, url }) =>
    listed.get(headers.origin ?? '') ??
    (isAnonymous(headers) && isOpen(method, url) ? everybody : NO_HEADERS)
}

/**
 * Sets the CORS headers of every API response and answers preflight requests: 204 with the allowed
 * methods and headers, even if the path does not exist, so that the page can read the 404 that
 * follows. `getMethods` returns the methods of a path.
 */
export function createCorsMiddleware(
  headersFor: CorsHeaders,
  origins: readonly string[],
  getMethods: (path: string) => readonly string[],
): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'OPTIONS') {
      setHeaders(
        headersFor({ headers: req.headers, method: req.method, url: req.originalUrl }),
        res,
      )
      return next()
    }
    const isListed = origins.includes(req.headers.origin ?? '')
    const requestedMethod = req.get('access-control-request-method')
    const preflight = {
      headers: { origin: req.headers.origin },
      method: requestedMethod,
      url: req.originalUrl,
    } as Parameters<CorsHeaders>[0]
    const allowed = headersFor(preflight)
    const methods = getMethods(req.originalUrl.split('?', 1)[0] ?? '')
    setHeaders({ ...allowed, ...(methods.length > 0 && { allow: methods.join(', ') }) }, res)
    res.removeHeader('access-control-expose-headers')
    res.setHeader('vary', `${VARY}, Access-Control-Request-Method, Access-Control-Request-Headers`)
    if ('access-control-allow-origin' in allowed)
      setHeaders(buildPreflightHeaders(isListed, req.originalUrl), res)
    res.status(204).end()
  }
}

/** What a page may do after a successful preflight request. */
function buildPreflightHeaders(isListed: boolean, url: string): OutgoingHttpHeaders {
  const methods = isListed ? METHODS : isGraphql(url) ? 'POST' : 'GET, HEAD'
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': (isListed
      ? [...ALLOWED_HEADERS, ...LISTED_ORIGIN_HEADERS]
      : ALLOWED_HEADERS
    ).join(', '),
    'access-control-max-age': MAX_AGE,
  }
}

const isAnonymous = ({ authorization, cookie }: IncomingHttpHeaders) => !authorization && !cookie
const isGraphql = (url: string | undefined) =>
  (url ?? '').split('?', 1)[0]?.replace(/\/$/, '') === GRAPHQL_PATH
const isOpen = (method: string | undefined, url: string | undefined) =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && isGraphql(url))

const setHeaders = (headers: OutgoingHttpHeaders, res: Parameters<RequestHandler>[1]) => {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) res.setHeader(name, value)
}
