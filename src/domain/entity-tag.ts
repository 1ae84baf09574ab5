/** The content codings that answers are sent in, the better one first. */
export const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

/**
 * A strong entity tag: a hash of the identity bytes, the version of a single row, and the coding,
 * which has bytes of its own.
 */
const TAG = /^"([\w-]{27})(?:\.([\w-]{10}))?(?::(?:br|gzip))?"$/

/**
 * The tag of the same body in a coding: a strong tag differs for other bytes (RFC 9110, 8.8.3.3).
 */
export function buildEncodedTag(etag: string, encoding: Encoding | null): string {
  return encoding && etag.startsWith('"') ? `${etag.slice(0, -1)}:${encoding}"` : etag
}

/**
 * Whether If-None-Match names a tag: weak comparison, in any coding of the same body, and `*` for
 * any (RFC 9110, 13.1.2).
 */
export function isKnownTag(header: string | null | undefined, etag: string): boolean {
  if (header === null || header === undefined) return false
  return splitTags(header).some(
    (tag) => tag === '*' || removeEncoding(tag.replace(/^W\//, '')) === etag,
  )
}

/**
 * Whether If-Match lets a read of this tag through: strong comparison, in any coding of the same
 * body, and `*` for any (RFC 9110, 13.1.1). True without the header.
 */
export function isMatchedTag(header: string | null | undefined, etag: string): boolean {
  if (header === null || header === undefined) return true
  return splitTags(header).some((tag) => tag === '*' || removeEncoding(tag) === etag)
}

/**
 * The version of a row in a tag of ours; null for any other tag. A weak tag has none: If-Match
 * compares strongly.
 */
export function parseTagVersion(tag: string): string | null {
  return TAG.exec(tag)?.[2] ?? null
}

/**
 * The tags of If-Match or If-None-Match. Ours hold no comma; a tag that does comes in parts, none
 * of which is ours.
 */
export function splitTags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim())
}

const removeEncoding = (tag: string) => tag.replace(/:(?:br|gzip)"$/, '"')
