import type { PayloadRequest } from 'payload'
import { getTransaction } from '../database/transaction.ts'
import { findUploadName } from '../domain/photo-url.ts'
import { buildSrcset, type SizeFormat } from './domain/photo-sizes.ts'
import { loadCarImages, loadPhotoFacts, type PhotoFacts } from './store/car-photos.ts'

/**
 * A photo as a site shows it. A photo on another site, and one whose sizes are not made yet, has no
 * `srcset`: show `url`.
 */
export type PublicPhoto = {
  url: string
  isOwn: boolean
  alt: string
  width: number | null
  height: number | null
  srcset: Record<SizeFormat, string> | null
  placeholder: string | null
}

/** The photos of a car, in order. */
export type CarPhotos = { id: string; photos: PublicPhoto[] }

type Context = Pick<PayloadRequest, 'payload' | 'transactionID'>

/**
 * Loads the photos of cars in the order of their IDs. Cars that do not exist or, unless `all`, are
 * not available are left out.
 */
export async function loadPhotos(
  req: Context,
  ids: readonly string[],
  options: { all: boolean },
): Promise<CarPhotos[]> {
  const { db } = getTransaction(req)
  const origin = req.payload.config.serverURL
  const cars = await loadCarImages(db, ids, options)
  const names = cars.flatMap(({ images }) =>
    (images ?? []).flatMap((url) => findUploadName(url, [origin]) ?? []),
  )
  const facts = await loadPhotoFacts(db, [...new Set(names)])
  const byId = new Map(cars.map((car) => [car.id, car]))
  return ids.flatMap((id) => {
    const car = byId.get(id)
    if (!car) return []
    const title = car.title ?? ''
    const photos = (car.images ?? []).map((url) => {
      const name = findUploadName(url, [origin])
      return describePhoto({ url, title, origin }, name === null ? null : facts.get(name))
    })
    return [{ id, photos }]
  })
}

type ShownPhoto = {
  url: string
  title: string
  origin: string
}

/** `facts` are null for a photo on another site, and undefined for one of ours that is missing. */
function describePhoto(
  { url, title, origin }: ShownPhoto,
  facts: PhotoFacts | null | undefined,
): PublicPhoto {
  const alt = facts?.alt?.trim() ?? ''
  return {
    url,
    isOwn: facts !== null,
    alt: alt === '' ? title : alt,
    width: facts?.width ?? null,
    height: facts?.height ?? null,
    srcset: buildSrcset(origin, facts?.sizes ?? []),
    placeholder: facts?.placeholder ?? null,
  }
}
