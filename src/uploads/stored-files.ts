import { createReadStream } from 'node:fs'
import {
  APIError,
  createLocalReq,
  type CollectionAfterChangeHook,
  type CollectionBeforeDeleteHook,
  type CollectionConfig,
  type Payload,
  type PayloadRequest,
  type TypeWithID,
} from 'payload'
import { findDatabaseError } from '../api/errors/database-refusal.ts'
import { getService } from '../services.ts'
import { StorageError } from '../storage/storage-error.ts'
import { findFileErrorCode } from './storage-error.ts'

/** The context key for the names of the files that a request wrote, until its outcome is known. */
const WRITTEN = 'writtenFiles'
/** The context key for the names of the files of the rows that a request is deleting. */
const UNNEEDED = 'unneededFiles'

/** One file of an upload to store: its name in the row, and where its bytes are. */
type StoredFile = { name: string; source: Buffer | { path: string } }

/** The file names in the row of an upload. */
export type UploadRow = {
  filename?: string | null
  sizes?: Record<string, { filename?: string | null } | null> | null
}

/**
 * A collection with uploads whose files are stored by us instead of Payload: after the row, whole
 * or not at all, and before the row is committed. `emptyFolder` is where Payload would look for
 * files: it must not exist, because Payload removes the files of a row before the commit.
 */
export function withStoredFiles(
  collection: CollectionConfig,
  emptyFolder: string,
): CollectionConfig {
  if (!collection.upload) return collection
  const upload = collection.upload === true ? {} : collection.upload
  const { afterChange = [], beforeDelete = [] } = collection.hooks ?? {}
  return {
    ...collection,
    upload: { ...upload, staticDir: emptyFolder, disableLocalStorage: true },
    hooks: {
      ...collection.hooks,
      afterChange: [...afterChange, storeFiles],
      beforeDelete: [...beforeDelete, noteFiles],
    },
  }
}

type FileRequest = Pick<PayloadRequest, 'context' | 'payload'>

/**
 * Undoes a failed request's changes to files: removes those that it wrote, and keeps those of the
 * rows that it did not delete. If it is unknown whether the request was committed, the sweep
 * decides later by the rows that exist.
 */
export async function undoFiles(req: FileRequest, error: unknown): Promise<void> {
  if (!mayBeCommitted(error)) await removeFiles(req, getNames(req, WRITTEN))
  clearFiles(req)
}

/** Removes the files of the rows that a request deleted, after it was committed. */
export async function finishFiles(req: FileRequest): Promise<void> {
  await removeFiles(req, getNames(req, UNNEEDED))
  clearFiles(req)
}

/** Creates a row with a file outside of an endpoint, and removes the file if that fails. */
export async function createWithFile<Row>(
  payload: Payload,
  create: (req: PayloadRequest) => Promise<Row>,
): Promise<Row> {
  const req = await createLocalReq({}, payload)
  try {
    return await create(req)
  } catch (error) {
    await undoFiles(req, error)
    throw error
  }
}

function clearFiles({ context }: Pick<FileRequest, 'context'>): void {
  for (const which of [WRITTEN, UNNEEDED]) delete context[which]
}

/**
 * Removes files. The outcome of the request is already known, so a file that cannot be removed is
 * logged and left to the sweep.
 */
async function removeFiles({ payload }: FileRequest, names: readonly string[]): Promise<void> {
  const { media } = getService(payload, 'storages')
  const remove = (name: string) =>
    media.remove(name).catch((err: unknown) => {
      const msg =
        `${name} could not be removed from the ${media.label} now. The task sweep-files will ` +
        'remove it.'
      payload.logger.warn({ err, msg })
    })
  await Promise.all(names.map(remove))
}

/** Whether a failed write may be committed: its connection broke, possibly after the COMMIT. */
export function mayBeCommitted(error: unknown): boolean {
  if (error instanceof StorageError) return false
  if (error instanceof APIError) return error.status === 503
  const refused = findDatabaseError(error)
  if (refused) return !/^\d/.test(refused.code) || /^(08|57P)/.test(refused.code)
  return findFileErrorCode(error) === undefined
}

/** Stores the files of an upload as the last thing of its transaction. */
const storeFiles: CollectionAfterChangeHook = async ({ doc, req }) => {
  if (!req.file) return
  const { media } = getService(req.payload, 'storages')
  const names: string[] = []
  try {
    for (const { name, source } of collectFiles(req, doc as UploadRow)) {
      names.push(name)
      await media.put(name, Buffer.isBuffer(source) ? source : createReadStream(source.path))
    }
  } catch (error) {
    await removeFiles(req, names)
    throw error
  }
  addNames(req, WRITTEN, names)
}

/**
 * Notes the files of a row that is being deleted. They are removed after the commit, because a
 * failed deletion would otherwise leave a row without files: at the end of the request, or by the
 * sweep.
 */
const noteFiles: CollectionBeforeDeleteHook = async ({ id, collection, req }) => {
  const row = await req.payload.db.findOne<UploadRow & TypeWithID>({
    collection: collection.slug,
    where: { id: { equals: id } },
    req,
  })
  addNames(req, UNNEEDED, getFileNames(row ?? {}))
}

/** The names of the files of a row: of the one itself, and of its smaller sizes. */
export const getFileNames = ({ filename, sizes }: UploadRow): string[] =>
  [filename, ...Object.values(sizes ?? {}).map((size) => size?.filename)].flatMap(
    (name) => name ?? [],
  )

/**
 * The files of an upload, as Payload prepared them: the one itself in memory or as a temporary
 * file, and its smaller sizes.
 */
function collectFiles(
  { file, payloadUploadSizes = {} }: PayloadRequest,
  { filename, sizes }: UploadRow,
): StoredFile[] {
  if (!file || !filename) return []
  const source = file.tempFilePath ? { path: file.tempFilePath } : file.data
  const smaller = Object.entries(sizes ?? {}).flatMap(([size, about]) => {
    const bytes = payloadUploadSizes[size]
    return about?.filename && bytes ? { name: about.filename, source: bytes } : []
  })
  return [{ name: filename, source }, ...smaller]
}

const getNames = ({ context }: Pick<FileRequest, 'context'>, which: string) =>
  (context[which] ?? []) as readonly string[]
const addNames = (req: FileRequest, which: string, names: readonly string[]) => {
  req.context[which] = [...getNames(req, which), ...names]
}
