import { refusal } from './refusal.ts'

const OVERRIDES = ['x-payload-http-method-override', 'x-http-method-override']

/** The refusal of a request that Payload would fail over before its own checks begin; null when it may go on. */
export function unaskable({ headers, method, url }: Request): Response | null {
  const { pathname } = new URL(url)
  const [, , first = ''] = pathname.split('/')
  if (first in {}) return refusal(404, `There is nothing at ${pathname}.`)
  const asksInBody = method === 'POST' && OVERRIDES.some((name) => headers.get(name) === 'GET')
  if (asksInBody && headers.get('content-type') !== 'application/x-www-form-urlencoded')
    return refusal(400, 'A question in the body is sent as application/x-www-form-urlencoded.')
  return null
}
