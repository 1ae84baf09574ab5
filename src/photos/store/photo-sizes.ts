import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { PhotoSize } from '../domain/photo-sizes.ts'

type Database = Transaction['db']

const PHOTO = z.object({ id: z.string(), filename: z.string() })

/** A photo of the lot: its row, and its file in the storage. */
export type StoredPhoto = z.infer<typeof PHOTO>

/** Finds a photo that was not prepared yet; null if it is gone, or was prepared. */
export async function findUnprepared(db: Database, id: string): Promise<StoredPhoto | null> {
  const { rows } = await db.execute(sql`
    select id, filename from media m where id = ${id} and filename is not null
      and not exists (select from photo_preparations p where p.media_id = m.id)`)
  return rows[0] ? PHOTO.parse(rows[0]) : null
}

const IDS = z.array(z.object({ id: z.string() }))

/** The photos that were not prepared yet: those of available cars first, then the newest. */
export async function listUnprepared(db: Database, limit: number): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select id from media m where filename is not null
      and not exists (select from photo_preparations p where p.media_id = m.id)
    order by on_show desc nulls last, created_at desc, id limit ${limit}`)
  return IDS.parse(rows).map(({ id }) => id)
}

/** What a job made of a photo. */
export type Preparation = {
  sizes: readonly (PhotoSize & { fileSize: number })[]
  placeholder: string | null
  problem: string | null
  now: Date
}

/**
 * Stores what a job made of a photo, once. Locks the photo first: nothing is stored for one that
 * was deleted in the meantime. Returns whether it was stored.
 */
export async function savePreparation(
  db: Database,
  photo: string,
  { sizes, placeholder, problem, now }: Preparation,
): Promise<boolean> {
  const locked = await db.execute(sql`select id from media where id = ${photo} for key share`)
  if (locked.rows.length === 0) return false
  await db.execute(sql`
    insert into photo_preparations (media_id, placeholder, problem, prepared_at)
    values (${photo}, ${placeholder}, ${problem}, ${now.toISOString()})
    on conflict (media_id) do update set placeholder = excluded.placeholder,
      problem = excluded.problem, prepared_at = excluded.prepared_at`)
  for (const { width, height, format, fileSize, storageKey } of sizes)
    await db.execute(sql`
      insert into photo_sizes (media_id, width, height, format, file_size, storage_key)
      values (${photo}, ${width}, ${height}, ${format}, ${fileSize}, ${storageKey})
      on conflict (media_id, format, width) do nothing`)
  return true
}

const SERVED = z.object({ onShow: z.boolean() })

/** Whether the photo of a size is public; null if no row names the size. */
export async function findSizeVisibility(
  db: Database,
  storageKey: string,
): Promise<boolean | null> {
  const { rows } = await db.execute(sql`
    select coalesce(on_show, false) as "onShow" from photo_sizes s join media m on m.id = s.media_id
    where s.storage_key = ${storageKey}`)
  return rows[0] ? SERVED.parse(rows[0]).onShow : null
}

const KEYS = z.array(z.object({ key: z.string() }))

/** Which of these keys of sizes and banners a row names. */
export async function findNamedPhotoFiles(
  db: Database,
  keys: readonly string[],
): Promise<Set<string>> {
  const any = sql`any(${sql.param([...keys])}::text[])`
  const { rows } = await db.execute(sql`
    select storage_key as key from photo_sizes where storage_key = ${any}
    union select storage_key from car_banners where storage_key = ${any}`)
  return new Set(KEYS.parse(rows).map(({ key }) => key))
}

const REMOVED = z.array(z.object({ id: z.coerce.number(), key: z.string(), isNamed: z.boolean() }))

/** An entry about bytes whose row is gone; `isNamed` is whether another row names them. */
export type RemovedPhotoFile = z.infer<typeof REMOVED>[number]

/** The oldest entries about bytes of sizes and banners whose row is gone. */
export async function listRemovedPhotoFiles(
  db: Database,
  limit: number,
): Promise<RemovedPhotoFile[]> {
  const { rows } = await db.execute(sql`
    select id, key, exists (select from photo_sizes where storage_key = r.key)
        or exists (select from car_banners where storage_key = r.key) as "isNamed"
    from removed_photo_files r order by id limit ${limit}`)
  return REMOVED.parse(rows)
}

/** Deletes an entry about removed bytes. */
export async function deleteRemovedPhotoFile(db: Database, id: number): Promise<void> {
  await db.execute(sql`delete from removed_photo_files where id = ${id}`)
}
