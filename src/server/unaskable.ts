import type { RequestHandler } from 'express'
import { UNREADABLE_PATH } from '../access/unreadable-request.ts'
import { refusal, sendRefusal } from './refusal.ts'

/** The headers that make a POST a read, with its query in the body. */
export const METHOD_OVERRIDES = ['x-payload-http-method-override', 'x-http-method-override']
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** The limits of a query string: more parameters or brackets cost the parser much and have no use. */
const QUERY = { parameters: 500, brackets: 12 } as const

/**
 * Refuses what no later handler could answer: methods that a web Request can't have (405), a path with a malformed escape (400), and a
 * request with two Host headers (400, and the connection closes: RFC 9112, 3.2).
 */
export function refuseMalformed(): RequestHandler {
  return (req, res, next) => {
    const refuse = (status: number, message: string) => sendRefusal(res, status, message)
    if (req.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1) {
      res.setHeader('connection', 'close')
      return refuse(400, 'The request must have one Host header.')
    }
    if (!METHODS.includes(req.method)) {
      res.setHeader('allow', METHODS.join(', '))
      res.setHeader('connection', 'close')
      return refuse(405, `There is no method ${req.method.slice(0, 20)}. Use ${METHODS.join(', ')}.`)
    }
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

/** The refusal of a request that Payload would fail over before its own checks begin; null when it may go on. */
export function unaskable({ headers, method, url }: Request): Response | null {
  const { pathname, search } = new URL(url)
  const [, , first = ''] = pathname.split('/')
  if (first in {}) return refusal(404, `There is nothing at ${pathname}.`)
  const problem = findQueryProblem(search)
  if (problem) return refusal(400, problem)
  const asksInBody = method === 'POST' && METHOD_OVERRIDES.some((name) => headers.get(name) === 'GET')
  if (asksInBody && headers.get('content-type') !== 'application/x-www-form-urlencoded')
    return refusal(400, 'A question in the body is sent as application/x-www-form-urlencoded.')
  if (asksInBody && search !== '') return refusal(400, 'A query is sent in the body or in the address, not in both.')
  return null
}

/** Why a query string is not parsed: too many parameters, or too many brackets in a name. Null if it may be parsed. */
function findQueryProblem(search: string): string | null {
  const parameters = search.split('&')
  if (parameters.length > QUERY.parameters) return `The query has more than ${QUERY.parameters} parameters.`
  const deep = parameters.some((one) => (one.split('=', 1)[0] ?? '').split(/\[|%5B/i).length - 1 > QUERY.brackets)
  return deep ? `The query has a parameter with more than ${QUERY.brackets} brackets.` : null
}
