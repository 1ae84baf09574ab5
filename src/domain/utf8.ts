/** Why bytes are not read as text. */
export const NOT_UTF8 = 'The body must be valid UTF-8, but it contains invalid bytes.'

/**
 * The text of UTF-8 bytes, without a byte order mark; null for bytes that are not UTF-8, which are
 * never replaced.
 */
export function decodeUtf8(bytes: ArrayBuffer | Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
