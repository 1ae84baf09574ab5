import { parseUrl } from './parse-url.ts'

/** Where somebody goes after signing in, when nothing else is said. */
export const PANEL_PATH = '/admin'

const MAX_LENGTH = 2_000
/** Printable ASCII alone, and no backslash, which browsers read as a slash. */
const PLAIN = /^\/(?!\/)[!-[\]-~]*$/
/** What a server or a browser further on might turn into a slash, a backslash or a line break. */
const ENCODED = /%(2f|5c|25|[01][\da-f]|7f)/i
const LINE_BREAK = /%([01][\da-f]|7f)/i

/**
 * The path of this origin that a sign-in leads back to: what was asked for when it is one and
 * nothing else, else the panel. Whatever could lead to another host by some reading of it is not
 * taken: `//host`, `/\host`, `/.//host`, encoded slashes, line breaks.
 */
export function resolveReturnPath(target: unknown): string {
  if (typeof target !== 'string' || target.length > MAX_LENGTH || !PLAIN.test(target))
    return PANEL_PATH
  const url = parseUrl(target, 'http://origin.invalid')
  if (!url || url.host !== 'origin.invalid' || url.pathname.startsWith('//')) return PANEL_PATH
  if (ENCODED.test(url.pathname) || LINE_BREAK.test(url.search) || LINE_BREAK.test(url.hash))
    return PANEL_PATH
  return `${url.pathname}${url.search}${url.hash}`
}
