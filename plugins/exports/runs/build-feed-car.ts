import { PHOTO_PATH, findUploadName } from '../../../src/domain/photo-url.ts'
import { buildCarUrl } from '../../../src/lot/domain/car-url.ts'
import { buildHighlight } from '../../../src/photos/domain/highlight.ts'
import { isPlaceholderPhoto } from '../../../src/photos/domain/placeholder.ts'
import { buildTitle } from '../domain/car-facts.ts'
import type { FeedCar } from '../domain/feed-car.ts'
import type { FeedDealership } from '../domain/feed.ts'
import type { CarRow, FeedOverride, SharedNumbers } from '../store/feed-cars.ts'

/** What a row needs to become a car of a feed. */
export type CarParts = {
  override: FeedOverride | undefined
  banner: string | null
  useHighlight: boolean
  /** The origin of this server. */
  origin: string
  dealership: FeedDealership
  shared: SharedNumbers
}

/** Builds the car of a feed: absolute photos without placeholders, its title and its price. */
export function buildFeedCar(
  { slug, images, thumbnail, enteredHighlight, ...row }: CarRow,
  { override, banner, useHighlight, origin, dealership, shared }: CarParts,
): FeedCar {
  const stored = images.filter((url) => !isPlaceholderPhoto(url))
  const photos = stored.map((url) => toAbsolute(url, origin, dealership.websiteUrl))
  const number = row.vin.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return {
    ...row,
    price: override?.price ?? row.price ?? 0,
    title: override?.title || buildTitle(row),
    enteredTitle: override?.title || null,
    featured: row.featured ?? false,
    photos: banner === null ? photos : [banner, ...photos.slice(1)],
    storedPhotos: images,
    isThumbnailFirst: isSamePhoto(thumbnail, images[0], origin),
    banner,
    url: buildCarUrl(dealership.carUrlTemplate, { ...row, slug }),
    highlight: useHighlight ? buildHighlight({ ...row, entered: enteredHighlight }) || null : null,
    isExcluded: override?.excluded ?? false,
    isDuplicate: shared.whole.has(number),
    sharesVinEnd: shared.ends.has(number.slice(-8)),
  }
}

/** Paths of our own photos are below this server, other paths below the dealership's site. */
function toAbsolute(url: string, origin: string, websiteUrl: string | null): string {
  if (!url.startsWith('/')) return url
  const base = url.startsWith(PHOTO_PATH) ? origin : (websiteUrl ?? origin)
  return URL.parse(url, base)?.href ?? url
}

function isSamePhoto(one: string | null, other: string | undefined, origin: string): boolean {
  if (one === null || other === undefined) return false
  const name = findUploadName(one, [origin])
  return one === other || (name !== null && name === findUploadName(other, [origin]))
}
