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
import { isBareImage } from './domain/bare-image.ts'
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

/** A checked file, and the name under which it is stored. */
export type NamedFile = { fileName: string; inspected: InspectedFile }

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
      const result = await attachContent(req, db, parent, content)
      if (result.isNew) await recordChange(req, result.file, 'attach_file')
      return { value: result, unneeded: result.isNew ? [] : [content] }
    }),
  )
}

/**
 * Adds stored content to a row, in a transaction. It is not added if the row has the same file
 * under the same name, or is a vehicle with a photo: then `isNew` is false. Throws a 404 for a row
 * that does not exist or is in the trash.
 */
export async function attachContent(
  req: PayloadRequest,
  db: Database,
  parent: FileParent,
  content: StoredContent,
): Promise<AttachResult> {
  const userId = await requireParent(req, db, parent)
  const known = (await loadFiles(db, parent)).find(
    ({ fileHash, fileName }) =>
      parent.collection === 'vehicles' ||
      (fileHash === content.fileHash && fileName === content.fileName),
  )
  if (known) return { file: known, isNew: false }
  const file = await insertFile(db, parent, userId, content)
  await repeatFirstFile(db, parent)
  return { file, isNew: true }
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
  preview: Preview,
): Promise<AttachedFile> {
  const parent: FileParent = { collection: 'vehicles', id: vehicle }
  return withStoredContent(req, toImageFile(preview), (content) =>
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

/**
 * The photo of a vehicle in an export: as it is if it has nothing but its pixels, so that it is the
 * same after each move; else encoded again. Null for a file that is not an image.
 */
export function toVehicleImage({ preview, ...file }: InspectedFile): NamedFile | null {
  const { bytes, type } = file
  if (preview === null) return null
  return isBareImage(bytes, type)
    ? { fileName: `image.${FILE_TYPES[type][0]}`, inspected: { ...file, preview: null } }
    : toImageFile(preview)
}

function toImageFile({ bytes, extension }: Preview): NamedFile {
  const type = extension === 'jpg' ? 'image/jpeg' : 'image/webp'
  return {
    fileName: `image.${extension}`,
    inspected: { bytes, type, hash: hashBytes(bytes), preview: null },
  }
}

type FileAction = 'attach_file' | 'replace_file' | 'remove_file'

async function completeChange(
  req: PayloadRequest,
  db: Database,
  file: AttachedFile,
  action: FileAction,
): Promise<void> {
  await repeatFirstFile(db, file.parent)
  await recordChange(req, file, action)
}

/** What belongs to every change of a file, in its transaction. Throws a 413 for too many bytes. */
async function recordChange(
  req: PayloadRequest,
  { parent, userId }: AttachedFile,
  action: FileAction,
): Promise<void> {
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
  file: NamedFile,
  work: (content: StoredContent) => Promise<{ value: Value; unneeded: readonly StoredKeys[] }>,
): Promise<Value> {
  const content = await storeContent(req, file)
  try {
    const { value, unneeded } = await work(content)
    for (const old of unneeded) await removeContent(req, old)
    return value
  } catch (error) {
    if (!mayBeCommitted(error)) await removeContent(req, content)
    throw error
  }
}

/**
 * Stores the bytes of a file and its preview, which no row names yet: attach them, or remove them.
 * If that fails, nothing is stored.
 */
export async function storeContent(req: PayloadRequest, file: NamedFile): Promise<StoredContent> {
  const content = describeContent(file)
  const { bytes, preview } = file.inspected
  const { owners } = getService(req.payload, 'storages')
  const bucket = BUCKET
  try {
    await owners.put(buildFileKey({ bucket, key: content.storageKey }), bytes)
    if (content.previewKey && preview)
      await owners.put(buildFileKey({ bucket, key: content.previewKey }), preview.bytes)
    return content
  } catch (error) {
    await removeContent(req, content)
    throw error
  }
}

/** Where the bytes of a file are to be stored, and what its row contains. */
export function describeContent({ fileName, inspected }: NamedFile): StoredContent {
  const { bytes, type, hash, preview } = inspected
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
export async function removeContent(req: PayloadRequest, content: StoredKeys): Promise<void> {
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
