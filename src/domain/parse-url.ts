/**
 * A URL, or null for a text that is none. Use it instead of `URL.canParse`: once Node 20 has optimized that, it takes Latin-1 letters such
 * as ü for broken UTF-8 and refuses addresses that hold them.
 */
export function parseUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_URL') return null
    throw error
  }
}
