import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { buildFileKey, type StoredFile } from '../../owners/files.ts'

type Database = Transaction['db']

/*
 * Every file of owners that a row names: those of `attached_files` with their previews, and those
 * that another program of the same database named in the documented columns only. The same storage
 * has the private photos of submissions, in a folder of their own.
 */

const STORED = z.array(z.object({ bucket: z.string().nullable(), key: z.string() }))

/** The files of an owner, which must be removed with them. */
export async function listOwnerFiles(db: Database, subject: string): Promise<StoredFile[]> {
  const { rows } = await db.execute(sql`
    select storage_bucket as bucket, storage_key as key from attached_files
      where user_id = ${subject}
    union select storage_bucket, preview_key from attached_files
      where user_id = ${subject} and preview_key is not null
    union select storage_bucket, storage_key from documents
      where user_id = ${subject} and storage_key is not null
    union select image_bucket, image_key from vehicles
      where user_id = ${subject} and image_key is not null`)
  return STORED.parse(rows)
}

/** Which of these keys, each with its bucket before it (`files/…`), belong to a row. */
export async function findNamedKeys(db: Database, keys: readonly string[]): Promise<Set<string>> {
  const names = keys.map((key) => key.slice(key.indexOf('/') + 1))
  const any = sql`any(array[${sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  )}]::text[])`
  const { rows } = await db.execute(sql`
    select storage_bucket as bucket, storage_key as key from attached_files
      where storage_key = ${any}
    union select storage_bucket, preview_key from attached_files where preview_key = ${any}
    union select storage_bucket, storage_key from documents where storage_key = ${any}
    union select image_bucket, image_key from vehicles where image_key = ${any}
    union select 'submissions', storage_key from submission_photos where storage_key = ${any}`)
  return new Set(STORED.parse(rows).map(buildFileKey))
}

/** A file as an export names it: `row` is the ID of the file, or of the row that names it alone. */
export type NamedFile = StoredFile & { row: string; name: string | null }

const NAMED = z.array(
  z.object({
    bucket: z.string().nullable(),
    key: z.string(),
    row: z.string(),
    name: z.string().nullable(),
  }),
)

/** The files of an owner with their names, without previews. */
export async function listNamedFiles(db: Database, subject: string): Promise<NamedFile[]> {
  const { rows } = await db.execute(sql`
    select storage_bucket as bucket, storage_key as key, id as row, file_name as name
      from attached_files where user_id = ${subject}
    union all select storage_bucket, storage_key, id, file_name from documents d
      where user_id = ${subject} and storage_key is not null
        and not exists (select from attached_files f where f.storage_key = d.storage_key)
    union all select image_bucket, image_key, id, 'image' from vehicles v
      where user_id = ${subject} and image_key is not null
        and not exists (select from attached_files f where f.storage_key = v.image_key)
    order by row`)
  return NAMED.parse(rows)
}

const EXPORTED = z.looseObject({ id: z.string() })

/** The rows of an owner's files for an export, without where the bytes are. */
export async function listFileRows(
  db: Database,
  subject: string,
): Promise<z.output<typeof EXPORTED>[]> {
  const { rows } = await db.execute(sql`
    select id, user_id as "userId", document_id as document, fuel_log_id as "fuelLog",
      maintenance_log_id as "maintenanceLog", vehicle_id as vehicle, file_name as "fileName",
      content_type as "contentType", file_size::float8 as "fileSize", file_hash as "fileHash",
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"
    from attached_files where user_id = ${subject} order by id`)
  return z.array(EXPORTED).parse(rows)
}
