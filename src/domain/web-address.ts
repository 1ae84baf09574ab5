/**
 * Explains why a text cannot be the address of a web page; null if it can. It must be http or https
 * with a host, without a user or password, and without white space or control characters, which
 * browsers drop and readers do not see.
 */
export function findWebAddressProblem(text: string): string | null {
  if (/[\s\p{Cc}\u2028\u2029]/u.test(text))
    return 'must not contain spaces, line breaks or other control characters'
  const url = URL.parse(text)
  if (!url || !/^https?:\/\/[^/\\]/i.test(text))
    return 'must be a URL that starts with https:// or http://'
  if (/@/.test(AUTHORITY.exec(text)?.[1] ?? ''))
    return 'must not contain a user name or password before the host; remove the part up to the @'
  return null
}

/** The part between the slashes and the path. Browsers treat a backslash as a slash. */
const AUTHORITY = /^https?:\/\/([^/\\?#]*)/i
