import type { RequestHandler } from 'express'
import { UNREADABLE_PATH } from '../api/errors/unreadable-request.ts'
import { decodeUtf8, NOT_UTF8 } from '../domain/utf8.ts'
import { quoteValue } from '../domain/input-values.ts'
import { buildRefusal, sendRefusal } from '../api/errors/refusal.ts'
import { findInheritedName } from '../api/canonical-query.ts'

/** The headers that turn a POST into a read with its query in the body. */
export const METHOD_OVERRIDES = ['x-payload-http-method-override', 'x-http-method-override']
/** RFC 3986, 2: a URL is ASCII. Other bytes would be read as Latin-1 characters. */
const UNESCAPED =
  'The address must be ASCII: write other characters as escaped UTF-8 bytes, such as %C3%A9 for é.'
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/**
 * The limits of a query string: more parameters or brackets are expensive to parse and have no use.
 */
const QUERY = { parameters: 500, brackets: 12 } as const

/**
 * Refuses requests that no later handler could process: methods that a web Request cannot have
 * (405), a path with a malformed escape (400), and a request with two Host headers (400, and the
 * connection is closed: RFC 9112, 3.2).
 */
export function validateRequestLine(): RequestHandler {
  return (req, res, next) => {
    const refuse = (status: number, message: string) => sendRefusal(res, status, message)
    if (
      req.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1
    ) {
      res.setHeader('connection', 'close')
      return refuse(400, 'The request must have exactly one Host header.')
    }
    if (!METHODS.includes(req.method)) {
      res.setHeader('allow', METHODS.join(', '))
      res.setHeader('connection', 'close')
      return refuse(
        405,
        `The method ${req.method.slice(0, 20)} is not supported. Use ${METHODS.join(', ')}.`,
      )
    }
    if (/[^\x21-\x7e]/.test(req.originalUrl)) return refuse(400, UNESCAPED)
    if (!isDecodable(req.originalUrl.split('?', 1)[0] ?? '')) return refuse(400, UNREADABLE_PATH)
    return next()
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}

/** Whether a request is a read that is sent as POST, with its query in the body. */
export const hasQueryInBody = ({ headers, method }: Pick<Request, 'headers' | 'method'>) =>
  method === 'POST' && METHOD_OVERRIDES.some((name) => headers.get(name) === 'GET')

/**
 * The error response for a request that makes Payload fail before its own checks begin; null if the
 * request may continue.
 */
export function rejectMalformed({ headers, method, url }: Request): Response | null {
  const { pathname, search } = new URL(url)
  const [, , first = ''] = pathname.split('/')
  if (first in {}) return buildRefusal(404, `Nothing was found at ${pathname}.`)
  const problem = findQueryProblem(search) ?? findParameterProblem(search.slice(1))
  if (problem) return buildRefusal(400, problem)
  if (!hasQueryInBody({ headers, method })) return null
  if (headers.get('content-type') !== 'application/x-www-form-urlencoded')
    return buildRefusal(400, 'Send a query in the body as application/x-www-form-urlencoded.')
  if (search !== '')
    return buildRefusal(400, 'Send the query either in the body or in the address, not in both.')
  return null
}

/**
 * Why a query string is not parsed: too many parameters, or too many brackets in a name. Null if it
 * may be parsed.
 */
function findQueryProblem(search: string): string | null {
  const parameters = search.split('&')
  if (parameters.length > QUERY.parameters)
    return `The query has more than ${QUERY.parameters} parameters.`
  const deep = parameters.some(
    (one) => (one.split('=', 1)[0] ?? '').split(/\[|%5B/i).length - 1 > QUERY.brackets,
  )
  return deep ? `The query has a parameter with more than ${QUERY.brackets} brackets.` : null
}

/**
 * Explains why the parameters of a query or a form would be misread: an escape for bytes that are
 * not UTF-8, which would be replaced, or a name of `Object.prototype`, which the parser drops
 * together with its condition. Null if there is neither.
 */
export function findParameterProblem(query: string): string | null {
  for (const parameter of query.split('&')) {
    const escaped = parameter.match(/(?:%[0-9a-f]{2})+/gi) ?? []
    if (escaped.some((bytes) => decodeUtf8(Buffer.from(bytes.replaceAll('%', ''), 'hex')) === null))
      return `The query must be UTF-8, but ${quoteValue(parameter)} contains other bytes.`
    const name = decodeName(parameter.split('=', 1)[0] ?? '')
    const inherited = findInheritedName(name)
    if (inherited !== undefined)
      return (
        `The query names ${quoteValue(inherited)}, which is not a parameter, a column or an ` +
        'operator.'
      )
  }
  return null
}

/** Decodes the name of a parameter; returns it unchanged if an escape is malformed. */
const decodeName = (name: string) =>
  isDecodable(name) ? decodeURIComponent(name.replaceAll('+', ' ')) : name

/**
 * Checks the query in the body of a request. Returns the request, or an error response. The body is
 * read here and passed on in the returned request.
 */
export async function checkQueryInBody(request: Request): Promise<Request | Response> {
  const body = await request.arrayBuffer()
  const query = decodeUtf8(body)
  const problem =
    query === null ? NOT_UTF8 : (findQueryProblem(query) ?? findParameterProblem(query))
  const { url, method, headers, signal } = request
  return problem ? buildRefusal(400, problem) : new Request(url, { method, headers, signal, body })
}
