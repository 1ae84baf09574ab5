import { parseUrl } from '../../domain/parse-url.ts'
import { PHOTO_PATH, buildPhotoUrl, findUploadName } from '../../domain/photo-url.ts'

/** The photos of a field's value, whatever was stored: texts alone, in their order. */
export function parsePhotos(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((url): url is string => typeof url === 'string') : []
}

/** The list with the entry at `from` standing at `to`; unchanged where there is no such place. */
export function moveEntry(urls: readonly string[], from: number, to: number): string[] {
  const url = urls[from]
  if (url === undefined || to < 0 || to >= urls.length) return [...urls]
  return urls.toSpliced(from, 1).toSpliced(to, 0, url)
}

/** A key for each photo that stays with it when the list is sorted; the same URL twice gets two. */
export function buildPhotoKeys(urls: readonly string[]): string[] {
  return urls.map(
    (url, index) => `${url} ${urls.slice(0, index).filter((earlier) => earlier === url).length}`,
  )
}

/**
 * What the browser loads for a small picture: the thumbnail of an upload of ours, every other photo
 * as it is.
 */
export function getThumbnailUrl(url: string, origins: readonly string[]): string {
  const own = findUploadName(url, origins)
  return own ? buildPhotoUrl('', own, 'thumbnail') : url
}

/**
 * Where a photo comes from, in a word or two: nothing for our own uploads, else the site's name.
 */
export function describeOrigin(url: string, origins: readonly string[]): string | null {
  if (findUploadName(url, origins) || url.startsWith(PHOTO_PATH)) return null
  return parseUrl(url)?.hostname ?? 'own site'
}
