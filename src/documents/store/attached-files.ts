import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { lockVehicleOfRow } from '../../sharing/store/vehicles.ts'

type Database = Transaction['db']

/** The tables whose rows can have files, by the collection, and the columns that refer to them. */
const PARENTS = {
  documents: { table: sql`documents`, column: sql`document_id` },
  'fuel-logs': { table: sql`fuel_logs`, column: sql`fuel_log_id` },
  'maintenance-logs': { table: sql`maintenance_logs`, column: sql`maintenance_log_id` },
  vehicles: { table: sql`vehicles`, column: sql`vehicle_id` },
} as const

/** The row that a file belongs to. */
export type FileParent = { collection: keyof typeof PARENTS; id: string }

/** The stored content of a file: where its bytes and those of its preview are. */
export type StoredContent = {
  fileName: string
  contentType: string
  fileSize: number
  fileHash: string | null
  storageBucket: string | null
  storageKey: string
  previewKey: string | null
  previewSize: number
}

/** A file of an owner. */
export type AttachedFile = StoredContent & {
  id: string
  userId: string
  parent: FileParent
  createdAt: Date
}

const ROW = z
  .object({
    id: z.string(),
    userId: z.string(),
    fileName: z.string(),
    contentType: z.string(),
    fileSize: z.coerce.number(),
    fileHash: z.string().nullable(),
    storageBucket: z.string().nullable(),
    storageKey: z.string(),
    previewKey: z.string().nullable(),
    previewSize: z.coerce.number(),
    createdAt: z.coerce.date(),
    collection: z.enum(['documents', 'fuel-logs', 'maintenance-logs', 'vehicles']),
    parentId: z.string(),
  })
  .transform(({ collection, parentId, ...file }): AttachedFile => ({
    ...file,
    parent: { collection, id: parentId },
  }))

const COLUMNS = sql`id, user_id as "userId", file_name as "fileName",
  content_type as "contentType", file_size as "fileSize", file_hash as "fileHash",
  storage_bucket as "storageBucket", storage_key as "storageKey", preview_key as "previewKey",
  preview_size as "previewSize", created_at as "createdAt",
  case when document_id is not null then 'documents' when fuel_log_id is not null then 'fuel-logs'
    when maintenance_log_id is not null then 'maintenance-logs' else 'vehicles' end as collection,
  coalesce(document_id, fuel_log_id, maintenance_log_id, vehicle_id) as "parentId"`

const buildMatch = ({ collection, id }: FileParent) => sql`${PARENTS[collection].column} = ${id}`

/** The files of a row, the first one first. */
export async function loadFiles(db: Database, parent: FileParent): Promise<AttachedFile[]> {
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from attached_files where ${buildMatch(parent)} order by created_at, id`)
  return z.array(ROW).parse(rows)
}

/** The files of documents, in the order in which they were added. */
export async function loadDocumentFiles(
  db: Database,
  documents: readonly string[],
): Promise<AttachedFile[]> {
  const ids = JSON.stringify(documents)
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from attached_files
    where document_id::text in (select jsonb_array_elements_text(${ids}::jsonb))
    order by created_at, id`)
  return z.array(ROW).parse(rows)
}

/** A file by its ID; null if it does not exist. */
export async function findFile(db: Database, id: string): Promise<AttachedFile | null> {
  const { rows } = await db.execute(sql`select ${COLUMNS} from attached_files where id = ${id}`)
  return z.array(ROW).parse(rows)[0] ?? null
}

const LOCKED = z.object({ owner: z.string(), vehicle: z.string().nullable() })

/** Whose a row with files is, and its vehicle: itself, or the one that it is about. */
export type LockedParent = z.output<typeof LOCKED>

/**
 * Locks a row until the transaction ends, and before it its vehicle, so that its files change one
 * after the other. Null if it does not exist or is in the trash.
 */
export async function lockParent(
  db: Database,
  { collection, id }: FileParent,
): Promise<LockedParent | null> {
  const { table } = PARENTS[collection]
  const isVehicle = collection === 'vehicles'
  if (!isVehicle) await lockVehicleOfRow(db, { table, key: sql`id`, id })
  const hasTrash = collection === 'documents' || isVehicle
  const { rows } = await db.execute(sql`
    select user_id as owner, ${isVehicle ? sql`id` : sql`vehicle_id`} as vehicle
    from ${table} where id = ${id}
      ${hasTrash ? sql`and deleted_at is null` : sql``} for no key update`)
  return rows[0] ? LOCKED.parse(rows[0]) : null
}

/**
 * Adds the file that another program named only in the documented columns of a row, which would
 * otherwise be lost with the next change of its files.
 */
export async function adoptNamedFile(db: Database, { collection, id }: FileParent): Promise<void> {
  if (collection === 'documents')
    await db.execute(sql`
      insert into attached_files (user_id, document_id, file_name, content_type, file_size,
        file_hash, storage_bucket, storage_key, created_at)
      select user_id, id, coalesce(file_name, 'file'),
        coalesce(content_type, 'application/octet-stream'), greatest(coalesce(file_size, 0), 0),
        file_hash, storage_bucket, storage_key, coalesce(created_at, now())
      from documents d where id = ${id} and storage_key is not null
        and not exists (select from attached_files f where f.storage_key = d.storage_key)`)
  if (collection === 'vehicles')
    await db.execute(sql`
      insert into attached_files (user_id, vehicle_id, file_name, content_type, file_size,
        storage_bucket, storage_key)
      select user_id, id, 'image', 'application/octet-stream', 0, image_bucket, image_key
      from vehicles v where id = ${id} and image_key is not null
        and not exists (select from attached_files f
          where f.vehicle_id = v.id or f.storage_key = v.image_key)`)
}

/** Adds a file to a row, which is locked. */
export async function insertFile(
  db: Database,
  parent: FileParent,
  userId: string,
  content: StoredContent,
): Promise<AttachedFile> {
  const { fileName, contentType, fileSize, fileHash } = content
  const { storageBucket, storageKey, previewKey, previewSize } = content
  const { rows } = await db.execute(sql`
    insert into attached_files (user_id, ${PARENTS[parent.collection].column}, file_name,
      content_type, file_size, file_hash, storage_bucket, storage_key, preview_key, preview_size,
      created_at)
    values (${userId}, ${parent.id}, ${fileName}, ${contentType}, ${fileSize}, ${fileHash},
      ${storageBucket}, ${storageKey}, ${previewKey}, ${previewSize}, clock_timestamp())
    returning ${COLUMNS}`)
  return ROW.parse(rows[0])
}

/** Gives a file other content. It keeps its ID and its place. */
export async function replaceContent(
  db: Database,
  id: string,
  content: StoredContent,
): Promise<AttachedFile> {
  const { rows } = await db.execute(sql`
    update attached_files set file_name = ${content.fileName},
      content_type = ${content.contentType}, file_size = ${content.fileSize},
      file_hash = ${content.fileHash}, storage_bucket = ${content.storageBucket},
      storage_key = ${content.storageKey}, preview_key = ${content.previewKey},
      preview_size = ${content.previewSize}
    where id = ${id} returning ${COLUMNS}`)
  return ROW.parse(rows[0])
}

/** Deletes a file's row. */
export async function deleteFileRow(db: Database, id: string): Promise<void> {
  await db.execute(sql`delete from attached_files where id = ${id}`)
}

/** Repeats the first file of a document, or the photo of a vehicle, in its own columns. */
export async function repeatFirstFile(db: Database, { collection, id }: FileParent): Promise<void> {
  if (collection === 'documents')
    await db.execute(sql`
      update documents set (file_name, content_type, file_size, file_hash, storage_bucket,
        storage_key) = (select file_name, content_type, file_size, file_hash, storage_bucket,
        storage_key from attached_files where document_id = ${id} order by created_at, id limit 1)
      where id = ${id}`)
  if (collection === 'vehicles')
    await db.execute(sql`
      update vehicles set (image_bucket, image_key) = (select storage_bucket, storage_key
        from attached_files where vehicle_id = ${id}) where id = ${id}`)
}
