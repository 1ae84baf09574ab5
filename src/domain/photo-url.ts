import { findWebAddressProblem } from './web-address.ts'

/** The path of uploaded photos, below the public origin. */
export const PHOTO_PATH = '/api/media/file/'

const UPLOADED = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-[a-z]+)?\.webp$/

/**
 * The stored file name of an uploaded photo, from the URL of any of its sizes; null for a photo on
 * another site. `origins` lists the origins of this server. A root-relative URL also belongs to
 * this server.
 */
export function findUploadName(url: string, origins: readonly string[]): string | null {
  const path = origins.reduce(
    (rest, origin) => (rest.startsWith(`${origin}/`) ? rest.slice(origin.length) : rest),
    url,
  )
  if (!path.startsWith(PHOTO_PATH)) return null
  const uuid = UPLOADED.exec(path.slice(PHOTO_PATH.length))?.[1]
  return uuid ? `${uuid}.webp` : null
}

/** Builds the public URL of a stored photo, or of one of its smaller sizes. */
export function buildPhotoUrl(
  origin: string,
  filename: string,
  size?: 'thumbnail' | 'card',
): string {
  return `${origin}${PHOTO_PATH}${size ? filename.replace(/\.webp$/, `-${size}.webp`) : filename}`
}

/**
 * Explains why a text cannot be the URL of a photo; null if it can. It must be an http(s) URL, or a
 * path on the dealership's own site.
 */
export function findPhotoUrlProblem(url: string): string | null {
  if (/^\/(?![/\\])[^\s\p{Cc}]+$/u.test(url) || findWebAddressProblem(url) === null) return null
  return (
    `${JSON.stringify(url.slice(0, 80))} is not a photo URL; it must start with https://, ` +
    'http:// or /'
  )
}
