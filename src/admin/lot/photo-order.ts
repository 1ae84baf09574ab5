import { PHOTO_PATH, buildPhotoUrl, findUploadName } from '../../domain/photo-url.ts'

/** The photos in a field's value, whatever was stored: strings only, in order. */
export function parsePhotos(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((url): url is string => typeof url === 'string') : []
}

/** Moves the entry at `from` to `to`; returns the list unchanged if there is no such position. */
export function moveEntry(urls: readonly string[], from: number, to: number): string[] {
  const url = urls[from]
  if (url === undefined || to < 0 || to >= urls.length) return [...urls]
  return urls.toSpliced(from, 1).toSpliced(to, 0, url)
}

/** A stable key for each photo when the list is sorted; duplicates of a URL get different keys. */
export function buildPhotoKeys(urls: readonly string[]): string[] {
  return urls.map(
    (url, index) => `${url} ${urls.slice(0, index).filter((earlier) => earlier === url).length}`,
  )
}

/** The URL of a small picture: the thumbnail of our own upload, or an external photo's own URL. */
export function getThumbnailUrl(url: string, origins: readonly string[]): string {
  const own = findUploadName(url, origins)
  return own ? buildPhotoUrl('', own, 'thumbnail') : url
}

/** The origin of a photo: empty for our own uploads, otherwise the site's name. */
export function describeOrigin(url: string, origins: readonly string[]): string | null {
  if (findUploadName(url, origins) || url.startsWith(PHOTO_PATH)) return null
  return URL.parse(url)?.hostname ?? 'our site'
}
