import { randomUUID } from 'node:crypto'
import { APIError, type PayloadRequest } from 'payload'
import { writeOwnerEntry } from '../audit/owner-entry.ts'
import { checkStorage, findLimitedOwner } from '../auth/rate-limits/owner-limits.ts'
import type { Transaction } from '../database/transaction.ts'
import { buildFileKey } from '../owners/files.ts'
import { runInTransaction } from '../owners/run-in-transaction.ts'
import { getService } from '../services.ts'
import { checkWriter } from '../sharing/check-writer.ts'
import { mayBeCommitted } from '../uploads/stored-files.ts'
import type { Preview } from './adapters/decode-image.ts'
import { FILE_TYPES } from './domain/file-types.ts'
import { hashBytes, type InspectedFile } from './inspect-file.ts'
import {
  adoptNamedFile,
  type AttachedFile,
  deleteFileRow,
  type FileParent,
  findFile,
  insertFile,
  loadFiles,
  lockParent,
  repeatFirstFile,
  replaceContent,
  type StoredContent,
} from './store/attached-files.ts'

type Database = Transaction['db']

/** The folder of the storage. Every name in it is random. */
const BUCKET = 'files'

/** The file of an upload, and whether it was added now. */
type AttachResult = { file: AttachedFile; isNew: boolean }

/** The key of what is stored for a file: the bytes themselves, or its preview. */
type StoredKeys = Pick<StoredContent, 'storageBucket' | 'storageKey' | 'previewKey'>

/**
 * Adds a file to a row. The same file under the same name is stored once: a repeated upload returns
 * the one that is there, and `isNew` is false.
 */
export function attachFile(
  req: PayloadRequest,
  parent: FileParent,
  fileName: string,
  inspected: InspectedFile,
): Promise<AttachResult> {
  return withStoredContent<AttachResult>(req, { fileName, inspected }, (content) =>
    runInTransaction(req, async (db) => {
      const userId = await requireParent(req, db, parent)
      const known = (await loadFiles(db, parent)).find(
        (one) => one.fileHash === content.fileHash && one.fileName === fileName,
      )
      if (known) return { value: { file: known, isNew: false }, unneeded: [content] }
      const file = await insertFile(db, parent, userId, content)
      await completeChange(req, db, file, 'attach_file')
      return { value: { file, isNew: true }, unneeded: [] }
    }),
  )
}

/** Gives a file other content; the old one is removed. */
export function replaceFile(
  req: PayloadRequest,
  { id, parent }: AttachedFile,
  fileName: string,
  inspected: InspectedFile,
): Promise<AttachedFile> {
  return withStoredContent(req, { fileName, inspected }, (content) =>
    runInTransaction(req, async (db) => {
      const old = await requireFile(req, db, { parent, id })
      const file = await replaceContent(db, id, content)
      await completeChange(req, db, file, 'replace_file')
      return { value: file, unneeded: [old] }
    }),
  )
}

/** Removes a file and its bytes. */
export async function deleteFile(req: PayloadRequest, { id, parent }: AttachedFile): Promise<void> {
  const old = await runInTransaction(req, async (db) => {
    const file = await requireFile(req, db, { parent, id })
    await deleteFileRow(db, id)
    await completeChange(req, db, file, 'remove_file')
    return file
  })
  await removeContent(req, old)
}

/** Stores the photo of a vehicle: only the re-encoded one, without metadata. */
export function saveVehicleImage(
  req: PayloadRequest,
  vehicle: string,
  { bytes, extension }: Preview,
): Promise<AttachedFile> {
  const parent: FileParent = { collection: 'vehicles', id: vehicle }
  const type = extension === 'jpg' ? 'image/jpeg' : 'image/webp'
  const fileName = `image.${extension}`
  const inspected: InspectedFile = { bytes, type, hash: hashBytes(bytes), preview: null }
  return withStoredContent(req, { fileName, inspected }, (content) =>
    runInTransaction(req, async (db) => {
      const userId = await requireParent(req, db, parent)
      const [old] = await loadFiles(db, parent)
      const file = old
        ? await replaceContent(db, old.id, content)
        : await insertFile(db, parent, userId, content)
      await completeChange(req, db, file, 'attach_file')
      return { value: file, unneeded: old ? [old] : [] }
    }),
  )
}

/** What belongs to every change of a file, in its transaction. Throws a 413 for too many bytes. */
async function completeChange(
  req: PayloadRequest,
  db: Database,
  { parent, userId }: AttachedFile,
  action: 'attach_file' | 'replace_file' | 'remove_file',
): Promise<void> {
  await repeatFirstFile(db, parent)
  if (findLimitedOwner(req) !== null && action !== 'remove_file')
    await checkStorage(req, userId, true)
  await writeOwnerEntry(req, {
    action,
    resourceType: parent.collection,
    resource: parent.id,
    userId,
  })
}

/**
 * Locks the row of a file and returns its owner. Access is checked again: a transfer or the end of
 * a share may have been faster than the upload.
 */
async function requireParent(
  req: PayloadRequest,
  db: Database,
  parent: FileParent,
): Promise<string> {
  const locked = await lockParent(db, parent)
  if (locked === null) throw new APIError(GONE, 404, undefined, true)
  await checkWriter(req, locked)
  await adoptNamedFile(db, parent)
  return locked.owner
}

/** The file as it is now: another request may have replaced or removed it. */
async function requireFile(
  req: PayloadRequest,
  db: Database,
  { parent, id }: Pick<AttachedFile, 'parent' | 'id'>,
): Promise<AttachedFile> {
  await requireParent(req, db, parent)
  const file = await findFile(db, id)
  if (!file) throw new APIError(GONE, 404, undefined, true)
  return file
}

const GONE = 'It was deleted in the meantime. Nothing was saved.'

/**
 * Stores the bytes of a file and its preview before its row is committed. Afterwards, what is no
 * longer needed is removed: old content, or the new one if `work` failed.
 */
async function withStoredContent<Value>(
  req: PayloadRequest,
  { fileName, inspected }: { fileName: string; inspected: InspectedFile },
  work: (content: StoredContent) => Promise<{ value: Value; unneeded: readonly StoredKeys[] }>,
): Promise<Value> {
  const content = describeContent(fileName, inspected)
  const { owners } = getService(req.payload, 'storages')
  const bucket = BUCKET
  try {
    await owners.put(buildFileKey({ bucket, key: content.storageKey }), inspected.bytes)
    if (content.previewKey && inspected.preview)
      await owners.put(buildFileKey({ bucket, key: content.previewKey }), inspected.preview.bytes)
    const { value, unneeded } = await work(content)
    for (const old of unneeded) await removeContent(req, old)
    return value
  } catch (error) {
    if (!mayBeCommitted(error)) await removeContent(req, content)
    throw error
  }
}

function describeContent(
  fileName: string,
  { bytes, type, hash, preview }: InspectedFile,
): StoredContent {
  const name = randomUUID()
  return {
    fileName,
    contentType: type,
    fileSize: bytes.byteLength,
    fileHash: hash,
    storageBucket: BUCKET,
    storageKey: `${name}.${FILE_TYPES[type][0]}`,
    previewKey: preview && `${name}-preview.${preview.extension}`,
    previewSize: preview?.bytes.byteLength ?? 0,
  }
}

/** Removes bytes that no row names any more. If that fails, the sweep does it later. */
async function removeContent(req: PayloadRequest, content: StoredKeys): Promise<void> {
  const { owners } = getService(req.payload, 'storages')
  const { storageBucket: bucket, storageKey, previewKey } = content
  for (const key of [storageKey, previewKey].filter((one) => one !== null)) {
    await owners.remove(buildFileKey({ bucket, key })).catch((err: unknown) => {
      const msg =
        `The file ${key} could not be removed from the ${owners.label} now. The task sweep-files ` +
        'will remove it.'
      req.payload.logger.warn({ err, msg })
    })
  }
}
