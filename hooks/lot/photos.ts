import { sql } from '@payloadcms/db-postgres'
import {
  APIError,
  type CollectionAfterChangeHook,
  type CollectionAfterDeleteHook,
  type CollectionBeforeChangeHook,
  type CollectionBeforeDeleteHook,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import { buildPhotoUrl, findPhotoUrlProblem, findUploadName } from '../../src/domain/photo-url.ts'

type PhotoFields = { images?: unknown; thumbnail?: unknown }

/**
 * Stores uploaded photos under their one public URL, requires each to exist, and sets the
 * thumbnail: the first photo unless one was chosen.
 */
export const normalizePhotos: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const origin = req.payload.config.serverURL
  const toOwnName = (url: string) => findUploadName(url, listOrigins(req))
  const provided: unknown = data['images']
  const images = Array.isArray(provided)
    ? provided.map((url: unknown) => toPublicUrl(url, origin, toOwnName))
    : provided
  const before = toPhotoUrls(originalDoc?.images)
  const added = toPhotoUrls(images).filter((url) => !before.includes(url))
  const touched = [...new Set([...before, ...toPhotoUrls(images)])]
  const names = (urls: readonly string[]) => urls.flatMap((url) => toOwnName(url) ?? [])
  await lockPhotos(req, names(touched), names(added))
  return {
    ...data,
    ...(Array.isArray(provided) && { images }),
    thumbnail: chooseThumbnail(data, originalDoc, toPhotoUrls(images), req),
  }
}

/**
 * The thumbnail after a write: the chosen one, else the first photo. An earlier choice is cleared
 * with its photo.
 */
function chooseThumbnail(
  data: PhotoFields,
  original: PhotoFields | undefined,
  images: readonly string[],
  req: PayloadRequest,
): unknown {
  const origin = req.payload.config.serverURL
  const toOwnName = (url: string) => findUploadName(url, listOrigins(req))
  const first = buildThumbnailUrl(images[0], origin, toOwnName)
  const provided = data.thumbnail
  if (
    !provided ||
    provided === buildThumbnailUrl(toPhotoUrls(original?.images)[0], origin, toOwnName)
  )
    return first
  if (typeof provided !== 'string') return provided
  const own = toOwnName(provided)
  if (own && images.some((url) => toOwnName(url) === own))
    return buildPhotoUrl(origin, own, 'thumbnail')
  const problem = own
    ? `${provided} is not one of this car's photos; add it to images first`
    : findPhotoUrlProblem(provided)
  if (problem === null) return provided
  return provided === original?.thumbnail ? first : throwFieldError(req, 'thumbnail', problem)
}

/**
 * One of our photos by its one public URL; any other value is returned unchanged and validated by
 * the field.
 */
function toPublicUrl(
  url: unknown,
  origin: string,
  toOwnName: (url: string) => string | null,
): unknown {
  const name = typeof url === 'string' ? toOwnName(url) : null
  return name ? buildPhotoUrl(origin, name) : url
}

/** Shows or hides the photos of a car together with the car, in the transaction that changes it. */
export const publishPhotos: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const was = previousDoc?.status === 'available' ? toPhotoUrls(previousDoc.images) : []
  const is = doc.status === 'available' ? toPhotoUrls(doc.images) : []
  await updatePhotoVisibility(req, [
    ...was.filter((url) => !is.includes(url)),
    ...is.filter((url) => !was.includes(url)),
  ])
}

/** Hides the photos of a deleted car, unless another car shows them. */
export const unpublishPhotos: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await updatePhotoVisibility(req, toPhotoUrls((doc as PhotoFields).images))
}

/**
 * A photo that a car shows cannot be deleted. The photo is locked first, so that no car adds it in
 * the meantime.
 */
export const restrictPhotoDelete: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const { db, tables } = getTransaction(req)
  const found = await db.execute(
    sql`select filename from ${tables['media']} where id = ${id} for update`,
  )
  const filename = found.rows[0]?.['filename']
  if (typeof filename !== 'string') return
  const url = buildPhotoUrl(req.payload.config.serverURL, filename)
  const cars = await db.execute(
    sql`select title from ${tables['inventory']} where images @> ${JSON.stringify([url])}::jsonb
      order by title limit 3`,
  )
  if (cars.rows.length === 0) return
  const titles = cars.rows.map((row) => String(row['title'])).join(', ')
  throw new APIError(
    `This photo is in use by ${titles}. Remove it there first.`,
    409,
    undefined,
    true,
  )
}

/** Locks media rows in one order; writes of two cars that share photos wait for each other. */
async function lockPhotos(
  req: PayloadRequest,
  filenames: readonly string[],
  needed: readonly string[],
): Promise<void> {
  if (filenames.length === 0) return
  const { db, tables } = getTransaction(req)
  const rows = await db.execute(
    sql`select filename from ${tables['media']} where filename =
      any(${sql.param([...filenames])}::text[]) order by filename for update`,
  )
  const existing = new Set(rows.rows.map((row) => row['filename']))
  const missing = needed.find((name) => !existing.has(name))
  if (missing) throwFieldError(req, 'images', `photo ${missing} no longer exists; upload it again`)
}

async function updatePhotoVisibility(req: PayloadRequest, urls: readonly string[]): Promise<void> {
  const origin = req.payload.config.serverURL
  const filenames = [...new Set(urls.flatMap((url) => findUploadName(url, [origin]) ?? []))]
  if (filenames.length === 0) return
  const { db, tables } = getTransaction(req)
  const list = sql.param(filenames)
  await db.execute(
    sql`select 1 from ${tables['media']} where filename = any(${list}::text[])
      order by filename for update`,
  )
  await db.execute(sql`update ${tables['media']} as photo set on_show = exists (
    select 1 from ${tables['inventory']} as car where car.status = 'available'
      and car.images @> jsonb_build_array(${`${buildPhotoUrl(origin, '')}`} || photo.filename)
  ) where filename = any(${list}::text[])`)
}

const toPhotoUrls = (images: unknown): string[] =>
  Array.isArray(images) ? images.filter((url): url is string => typeof url === 'string') : []

const listOrigins = (req: PayloadRequest) => [req.payload.config.serverURL]

function buildThumbnailUrl(
  url: string | undefined,
  origin: string,
  toOwnName: (url: string) => string | null,
): string | null {
  if (!url) return null
  const own = toOwnName(url)
  if (own) return buildPhotoUrl(origin, own, 'thumbnail')
  return url.length <= 500 ? url : null
}

function throwFieldError(req: PayloadRequest, path: string, message: string): never {
  throw new ValidationError({ collection: 'inventory', errors: [{ path, message }] }, req.t)
}
