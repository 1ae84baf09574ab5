/**
 * Parses a URL; null for a text that is not a URL. Use it instead of `URL.canParse`: once Node 20
 * has optimized that, it treats Latin-1 letters such as ü as broken UTF-8 and refuses URLs that
 * contain them.
 */
export function parseUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_URL') return null
    throw error
  }
}

const HOST = /^(\[[\da-f:.]+\]|[\w.%-]*)$/i
const ANOTHER_URL = /[,;|]\s*[a-z][a-z\d+.-]*:\/\//i

/**
 * Whether a text is a single URL: a list of URLs, and a host with a stray character as in
 * `https://cars.example;`, can also be parsed as one.
 */
export function isOneUrl(text: string): boolean {
  const url = parseUrl(text)
  return url !== null && HOST.test(url.hostname) && !ANOTHER_URL.test(text)
}
