/** The message for bytes that are not valid UTF-8. */
export const NOT_UTF8 = 'The body must be valid UTF-8, but it contains invalid bytes.'

/**
 * Decodes UTF-8 bytes and removes a byte order mark; null for invalid UTF-8, which is never
 * replaced.
 */
export function decodeUtf8(bytes: ArrayBuffer | Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
