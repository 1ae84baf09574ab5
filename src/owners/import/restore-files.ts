import { createHash, randomUUID } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'
import type { FileStorage } from '../../storage/file-storage.ts'
import { FILE_BYTES } from '../../uploads/body-limits.ts'
import type { ArchivedFile } from './read-archive.ts'

/** What a file belongs to here: a document, with its name and type in the export, or a vehicle. */
export type FileOwner =
  | { kind: 'document'; id: string; fileName: string | null; contentType: string | null }
  | { kind: 'vehicle'; id: string }

const BUCKET = 'files'
/** The types that are stored as they are named; any other file is only downloaded. */
const KNOWN_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic']
const OTHER_TYPE = 'application/octet-stream'
const MAX_NAME = 255

/**
 * Stores a file of an export under a random name and refers to it in the row of its document or
 * vehicle. Returns its key, to be removed if the import fails later; null for a file that is too
 * large. This is the one place where files of an export become files of an owner.
 */
export async function restoreFile(
  db: Transaction['db'],
  storage: FileStorage,
  owner: FileOwner,
  file: ArchivedFile,
): Promise<string | null> {
  if (file.bytes > FILE_BYTES) return null
  const bytes = await file.open()
  const key = randomUUID()
  await storage.put(`${BUCKET}/${key}`, bytes)
  try {
    if (owner.kind === 'vehicle') await saveImage(db, owner.id, key)
    else await saveDocumentFile(db, owner, { key, name: owner.fileName ?? file.name, bytes })
  } catch (error) {
    await storage.remove(`${BUCKET}/${key}`)
    throw error
  }
  return `${BUCKET}/${key}`
}

async function saveImage(db: Transaction['db'], vehicle: string, key: string): Promise<void> {
  await db.execute(sql`
    update vehicles set image_bucket = ${BUCKET}, image_key = ${key} where id = ${vehicle}`)
}

async function saveDocumentFile(
  db: Transaction['db'],
  { contentType, id }: Extract<FileOwner, { kind: 'document' }>,
  file: { key: string; name: string; bytes: Buffer },
): Promise<void> {
  const type = KNOWN_TYPES.find((known) => known === contentType) ?? OTHER_TYPE
  const name = Array.from(file.name).slice(0, MAX_NAME).join('')
  const hash = createHash('sha256').update(file.bytes).digest('hex')
  await db.execute(sql`
    update documents set storage_bucket = ${BUCKET}, storage_key = ${file.key},
      file_name = ${name}, content_type = ${type}, file_size = ${file.bytes.length},
      file_hash = ${hash}
    where id = ${id}`)
}
