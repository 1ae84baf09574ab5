/** The destination after a sign-in, by default. */
export const PANEL_PATH = '/admin'

const MAX_LENGTH = 2_000
/** Allows printable ASCII only, and no backslash, which browsers treat as a slash. */
const PLAIN = /^\/(?!\/)[!-[\]-~]*$/
/**
 * Encoded characters that a server or a browser may later decode to a slash, a backslash or a line
 * break.
 */
const ENCODED = /%(2f|5c|25|[01][\da-f]|7f)/i
const LINE_BREAK = /%([01][\da-f]|7f)/i

/**
 * The path on this origin to return to after a sign-in: the requested path if it is a plain path,
 * or else the panel. Everything that some parser could read as another host is rejected: `//host`,
 * `/\host`, `/.//host`, encoded slashes, line breaks.
 */
export function resolveReturnPath(target: unknown): string {
  if (typeof target !== 'string' || target.length > MAX_LENGTH || !PLAIN.test(target))
    return PANEL_PATH
  const url = URL.parse(target, 'http://origin.invalid')
  if (!url || url.host !== 'origin.invalid' || url.pathname.startsWith('//')) return PANEL_PATH
  if (ENCODED.test(url.pathname) || LINE_BREAK.test(url.search) || LINE_BREAK.test(url.hash))
    return PANEL_PATH
  return `${url.pathname}${url.search}${url.hash}`
}
