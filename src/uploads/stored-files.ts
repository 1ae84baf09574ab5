import { copyFile, open, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
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
import { createFolder } from '../folders.ts'
import { createPartName, getSetAsideName } from './file-names.ts'
import { findFileErrorCode } from './storage-error.ts'

/** The context key for the paths of the files that a request wrote, until its outcome is known. */
const WRITTEN = 'writtenFiles'
/**
 * The context key for the paths of files that were set aside because their rows are being deleted.
 */
const ASIDE = 'filesSetAside'

/** One file of an upload to store: its name in the row, and where its bytes are. */
type StoredFile = { name: string; source: Buffer | { path: string } }

/** The file names in the row of an upload. */
export type UploadRow = {
  filename?: string | null
  sizes?: Record<string, { filename?: string | null } | null> | null
}

/**
 * A collection with uploads whose files are written by us instead of Payload: after the row, whole
 * or not at all, and on the disk before the row is committed. `folder` must be absolute.
 */
export function withStoredFiles(collection: CollectionConfig, folder: string): CollectionConfig {
  if (!collection.upload) return collection
  const upload = collection.upload === true ? {} : collection.upload
  const { afterChange = [], beforeDelete = [] } = collection.hooks ?? {}
  return {
    ...collection,
    upload: { ...upload, staticDir: folder, disableLocalStorage: true },
    hooks: {
      ...collection.hooks,
      afterChange: [...afterChange, storeFiles(folder)],
      beforeDelete: [...beforeDelete, setAside(folder)],
    },
  }
}

/**
 * Undoes a failed request's changes to files: removes those that it wrote, and restores the names
 * of those that it set aside. If it is unknown whether the request was committed, the sweep decides
 * later by the rows that exist.
 */
export async function undoFiles(
  req: Pick<PayloadRequest, 'context'>,
  error: unknown,
): Promise<void> {
  if (!mayBeCommitted(error)) {
    await removeFiles(getPaths(req, WRITTEN))
    await Promise.all(
      getPaths(req, ASIDE).map((file) => rename(getAsidePath(file), file).catch(ignoreMissing)),
    )
  }
  clearFiles(req)
}

/** Removes the files of the rows that a request deleted, after it was committed. */
export async function finishFiles(req: Pick<PayloadRequest, 'context'>): Promise<void> {
  await removeFiles(getPaths(req, ASIDE).map(getAsidePath))
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

function clearFiles({ context }: Pick<PayloadRequest, 'context'>): void {
  for (const which of [WRITTEN, ASIDE]) delete context[which]
}

const removeFiles = (files: readonly string[]) =>
  Promise.all(files.map((file) => rm(file, { force: true })))

/** Whether a failed write may be committed: its connection broke, possibly after the COMMIT. */
function mayBeCommitted(error: unknown): boolean {
  if (error instanceof APIError) return error.status === 503
  const refused = findDatabaseError(error)
  if (refused) return !/^\d/.test(refused.code) || /^(08|57P)/.test(refused.code)
  return findFileErrorCode(error) === undefined
}

/** Writes the files of an upload as the last thing of its transaction. */
const storeFiles =
  (folder: string): CollectionAfterChangeHook =>
  async ({ doc, req }) => {
    if (!req.file) return
    const written: string[] = []
    try {
      createFolder(folder)
      for (const file of collectFiles(req, doc as UploadRow)) {
        const target = path.join(folder, file.name)
        await writeAtomically(folder, target, file.source)
        written.push(target)
      }
      await syncFolder(folder)
    } catch (error) {
      await removeFiles(written)
      throw error
    }
    addPaths(req, WRITTEN, written)
  }

/**
 * Renames the files of a row that is being deleted. Payload would remove them before the commit,
 * and a failed deletion would leave a row without files. They are removed after the commit: at the
 * end of the request, or by the sweep.
 */
const setAside =
  (folder: string): CollectionBeforeDeleteHook =>
  async ({ id, collection, req }) => {
    const row = await req.payload.db.findOne<UploadRow & TypeWithID>({
      collection: collection.slug,
      where: { id: { equals: id } },
      req,
    })
    const paths = getFileNames(row ?? {}).map((name) => path.join(folder, name))
    const now = new Date()
    for (const file of paths) {
      const aside = getAsidePath(file)
      await rename(file, aside).catch(ignoreMissing)
      await utimes(aside, now, now).catch(ignoreMissing)
      addPaths(req, ASIDE, [file])
    }
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

async function writeAtomically(
  folder: string,
  target: string,
  source: StoredFile['source'],
): Promise<void> {
  const part = path.join(folder, createPartName())
  try {
    if (Buffer.isBuffer(source)) await writeFile(part, source, { flag: 'wx', flush: true })
    else await copyWhole(source.path, part)
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  const file = await open(to, 'r+')
  await file.sync().finally(() => file.close())
}

/**
 * Puts the names of a folder on the disk, too: without it a file may be there and its name not,
 * after the power failed.
 */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

type Context = Pick<PayloadRequest, 'context'>

const getPaths = ({ context }: Context, which: string) =>
  (context[which] ?? []) as readonly string[]
const addPaths = (req: Context, which: string, paths: readonly string[]) => {
  req.context[which] = [...getPaths(req, which), ...paths]
}
const getAsidePath = (file: string) =>
  path.join(path.dirname(file), getSetAsideName(path.basename(file)))
const ignoreMissing = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
}
