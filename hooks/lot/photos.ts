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
import { transactionOf } from '../../src/database/transaction.ts'
import { photoUrl, photoUrlProblem, uploadedName } from '../../src/domain/photo-url.ts'

type Shown = { images?: unknown; thumbnail?: unknown }

/** Uploaded photos under their one public URL, each of them there, and the small picture: the first photo's unless one was chosen. */
export const keepPhotos: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const origin = req.payload.config.serverURL
  const named = (url: string) => uploadedName(url, originsOf(req))
  const said: unknown = data['images']
  const images = Array.isArray(said) ? said.map((url: unknown) => publicUrl(url, origin, named)) : said
  const before = listOf(originalDoc?.images)
  const added = listOf(images).filter((url) => !before.includes(url))
  const touched = [...new Set([...before, ...listOf(images)])]
  const names = (urls: readonly string[]) => urls.flatMap((url) => named(url) ?? [])
  await lockPhotos(req, names(touched), names(added))
  return { ...data, ...(Array.isArray(said) && { images }), thumbnail: thumbnailFor(data, originalDoc, listOf(images), req) }
}

/** The small picture that a write leaves: the chosen one, else the first photo's. One chosen earlier goes with its photo. */
function thumbnailFor(data: Shown, original: Shown | undefined, images: readonly string[], req: PayloadRequest): unknown {
  const origin = req.payload.config.serverURL
  const named = (url: string) => uploadedName(url, originsOf(req))
  const first = smallOf(images[0], origin, named)
  const said = data.thumbnail
  if (!said || said === smallOf(listOf(original?.images)[0], origin, named)) return first
  if (typeof said !== 'string') return said
  const own = named(said)
  if (own && images.some((url) => named(url) === own)) return photoUrl(origin, own, 'thumbnail')
  const problem = own ? `${said} is none of this car's photos; add it to images first` : photoUrlProblem(said)
  if (problem === null) return said
  return said === original?.thumbnail ? first : refuse(req, 'thumbnail', problem)
}

/** A photo of ours by its one public URL; anything else as it is, for the field to judge. */
function publicUrl(url: unknown, origin: string, named: (url: string) => string | null): unknown {
  const name = typeof url === 'string' ? named(url) : null
  return name ? photoUrl(origin, name) : url
}

/** Shows the photos of a car to the public, or hides them, with the car: in the transaction that changes it. */
export const publishPhotos: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const was = previousDoc?.status === 'available' ? listOf(previousDoc.images) : []
  const is = doc.status === 'available' ? listOf(doc.images) : []
  await showOrHide(req, [...was.filter((url) => !is.includes(url)), ...is.filter((url) => !was.includes(url))])
}

/** Hides the photos of a car that is gone, unless another car shows them. */
export const withdrawPhotos: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await showOrHide(req, listOf((doc as Shown).images))
}

/** A photo that a car shows can't be deleted. The photo is locked first, so that no car takes it up meanwhile. */
export const keepUsedPhotos: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const { db, tables } = transactionOf(req)
  const found = await db.execute(sql`select filename from ${tables['media']} where id = ${id} for update`)
  const filename = found.rows[0]?.['filename']
  if (typeof filename !== 'string') return
  const url = photoUrl(req.payload.config.serverURL, filename)
  const cars = await db.execute(
    sql`select title from ${tables['inventory']} where images @> ${JSON.stringify([url])}::jsonb order by title limit 3`,
  )
  if (cars.rows.length === 0) return
  const titles = cars.rows.map((row) => String(row['title'])).join(', ')
  throw new APIError(`This photo is in use by ${titles}. Remove it there first.`, 409, undefined, true)
}

/** Locks media rows in one order; two cars that share photos wait for each other instead of overlooking each other. */
async function lockPhotos(req: PayloadRequest, filenames: readonly string[], needed: readonly string[]): Promise<void> {
  if (filenames.length === 0) return
  const { db, tables } = transactionOf(req)
  const rows = await db.execute(
    sql`select filename from ${tables['media']} where filename = any(${sql.param([...filenames])}::text[]) order by filename for update`,
  )
  const there = new Set(rows.rows.map((row) => row['filename']))
  const missing = needed.find((name) => !there.has(name))
  if (missing) refuse(req, 'images', `photo ${missing} does not exist any more; upload it again`)
}

async function showOrHide(req: PayloadRequest, urls: readonly string[]): Promise<void> {
  const origin = req.payload.config.serverURL
  const filenames = [...new Set(urls.flatMap((url) => uploadedName(url, [origin]) ?? []))]
  if (filenames.length === 0) return
  const { db, tables } = transactionOf(req)
  const list = sql.param(filenames)
  await db.execute(sql`select 1 from ${tables['media']} where filename = any(${list}::text[]) order by filename for update`)
  await db.execute(sql`update ${tables['media']} as photo set on_show = exists (
    select 1 from ${tables['inventory']} as car where car.status = 'available' and car.images @> jsonb_build_array(${`${photoUrl(origin, '')}`} || photo.filename)
  ) where filename = any(${list}::text[])`)
}

const listOf = (images: unknown): string[] =>
  Array.isArray(images) ? images.filter((url): url is string => typeof url === 'string') : []

const originsOf = (req: PayloadRequest) => [req.payload.config.serverURL]

function smallOf(url: string | undefined, origin: string, named: (url: string) => string | null): string | null {
  if (!url) return null
  const own = named(url)
  if (own) return photoUrl(origin, own, 'thumbnail')
  return url.length <= 500 ? url : null
}

function refuse(req: PayloadRequest, path: string, message: string): never {
  throw new ValidationError({ collection: 'inventory', errors: [{ path, message }] }, req.t)
}
