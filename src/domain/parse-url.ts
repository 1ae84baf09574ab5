/**
 * A URL, or null for a text that is none. Use it instead of `URL.canParse`: once Node 20 has
 * optimized that, it takes Latin-1 letters such as ü for broken UTF-8 and refuses addresses that
 * hold them.
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
 * Whether a text is one URL: several in a list, and a host with a stray character as in
 * `https://cars.example;`, parse as one, too.
 */
export function isOneUrl(text: string): boolean {
  const url = parseUrl(text)
  return url !== null && HOST.test(url.hostname) && !ANOTHER_URL.test(text)
}
