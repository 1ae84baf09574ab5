import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

/** The folder of the private photos in the storage of owners. */
export const PHOTO_BUCKET = 'submissions'

const ROW = z.object({
  id: z.string(),
  position: z.number(),
  contentType: z.string(),
  fileSize: z.coerce.number(),
  fileHash: z.string(),
  storageKey: z.string(),
  createdAt: z.coerce.date(),
})

/**
 * A private photo of a submission: its place in the order, from 1, its stored bytes, and the
 * SHA-256 of the file as it was sent.
 */
export type SubmissionPhoto = z.output<typeof ROW>

const COLUMNS = sql`id, position, content_type as "contentType", file_size as "fileSize",
  file_hash as "fileHash", storage_key as "storageKey", created_at as "createdAt"`

/** The photos of a submission in order. */
export async function listPhotos(db: Database, submission: string): Promise<SubmissionPhoto[]> {
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from submission_photos where submission_id = ${submission}
    order by position`)
  return z.array(ROW).parse(rows)
}

/** One photo of a submission; null if it does not exist. */
export async function findPhoto(
  db: Database,
  submission: string,
  id: string,
): Promise<SubmissionPhoto | null> {
  const { rows } = await db.execute(sql`
    select ${COLUMNS} from submission_photos where submission_id = ${submission} and id = ${id}`)
  return rows[0] ? ROW.parse(rows[0]) : null
}

/** A photo to add: everything but what the table assigns. */
export type NewPhoto = Pick<
  SubmissionPhoto,
  'contentType' | 'fileSize' | 'fileHash' | 'storageKey'
> & { inAnswer: boolean }

/** Adds a photo after the others. The submission is locked. */
export async function insertPhoto(
  db: Database,
  submission: string,
  { contentType, fileSize, fileHash, storageKey, inAnswer }: NewPhoto,
): Promise<SubmissionPhoto> {
  const { rows } = await db.execute(sql`
    insert into submission_photos (submission_id, position, content_type, file_size, file_hash,
      storage_key, in_answer)
    select ${submission}::uuid, coalesce(max(position), 0) + 1, ${contentType}, ${fileSize},
      ${fileHash}, ${storageKey}, ${inAnswer}
    from submission_photos where submission_id = ${submission}
    returning ${COLUMNS}`)
  return ROW.parse(rows[0])
}

/** Deletes a photo. Returns whether it was there. */
export async function deletePhoto(db: Database, submission: string, id: string): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    delete from submission_photos where submission_id = ${submission} and id = ${id}`)
  return rowCount === 1
}

/** Makes the photos that were added since the question a part of the sent answer; their number. */
export async function sendAnswerPhotos(db: Database, submission: string): Promise<number> {
  const { rowCount } = await db.execute(sql`
    update submission_photos set in_answer = false
    where submission_id = ${submission} and in_answer`)
  return rowCount ?? 0
}
