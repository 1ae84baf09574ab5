/** The content codings of responses, in order of preference. */
export const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

/**
 * A strong entity tag: a hash of the unencoded bytes, the version of a single row, and the coding,
 * because each coding has its own bytes.
 */
const TAG = /^"([\w-]{27})(?:\.([\w-]{10}))?(?::(?:br|gzip))?"$/

/**
 * The tag of the same body in another coding: strong tags differ for different bytes (RFC 9110,
 * 8.8.3.3).
 */
export function buildEncodedTag(etag: string, encoding: Encoding | null): string {
  return encoding && etag.startsWith('"') ? `${etag.slice(0, -1)}:${encoding}"` : etag
}

/**
 * Whether If-None-Match contains a tag. The comparison is weak and ignores the coding; `*` matches
 * any tag (RFC 9110, 13.1.2).
 */
export function isKnownTag(header: string | null | undefined, etag: string): boolean {
  if (header === null || header === undefined) return false
  return splitTags(header).some(
    (tag) => tag === '*' || removeEncoding(tag.replace(/^W\//, '')) === etag,
  )
}

/**
 * Whether If-Match allows a read of the resource with this tag. The comparison is strong and
 * ignores the coding; `*` matches any tag (RFC 9110, 13.1.1). True without the header.
 */
export function isMatchedTag(header: string | null | undefined, etag: string): boolean {
  if (header === null || header === undefined) return true
  return splitTags(header).some((tag) => tag === '*' || removeEncoding(tag) === etag)
}

/**
 * The version of a row in one of our tags; null for any other tag. A weak tag has none, because
 * If-Match compares strongly.
 */
export function parseTagVersion(tag: string): string | null {
  return TAG.exec(tag)?.[2] ?? null
}

/**
 * Splits the tags of If-Match or If-None-Match. Our tags contain no comma; a tag with a comma is
 * split into parts that match none of ours.
 */
export function splitTags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim())
}

const removeEncoding = (tag: string) => tag.replace(/:(?:br|gzip)"$/, '"')
