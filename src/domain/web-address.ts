import { parseUrl } from './parse-url.ts'

/**
 * Why a text can't be the address of a web page; null when it can: http or https, with a host,
 * without a user or a password in it, and without white space or control characters, which a
 * browser drops and a reader does not see.
 */
export function findWebAddressProblem(text: string): string | null {
  if (/[\s\p{Cc}\u2028\u2029]/u.test(text))
    return 'must not contain spaces, line breaks or other control characters'
  const url = parseUrl(text)
  if (!url || !/^https?:\/\/[^/\\]/i.test(text))
    return 'must be a URL that starts with https:// or http://'
  if (/@/.test(AUTHORITY.exec(text)?.[1] ?? ''))
    return 'must not contain a user or password before the host; remove the part up to @'
  return null
}

/** The part between the slashes and the path. Browsers treat a backslash as a slash. */
const AUTHORITY = /^https?:\/\/([^/\\?#]*)/i
