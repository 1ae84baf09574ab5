import { randomUUID } from 'node:crypto'
import { createWriteStream, type Dirent } from 'node:fs'
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getSystemErrorCode } from '../domain/system-error.ts'
import { createFolder } from '../folders.ts'
import { type ByteRange, checkKey, type FileStorage, type ListedFile } from './file-storage.ts'

const PART = /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/

/**
 * A storage in a folder of this machine, created with its first file; `mode` applies to new
 * folders. A file is written beside its place and renamed when it is whole and on the disk. Files
 * whose names begin with a period are not listed.
 */
export function createDiskStorage(folder: string, { mode = 0o777 } = {}): FileStorage {
  const root = path.resolve(folder)
  const getPath = (key: string) => {
    checkKey(key)
    return path.join(root, key)
  }
  return {
    label: `folder ${root}`,
    put: async (key, source) => {
      const target = getPath(key)
      createFolder(root, mode)
      createFolder(path.dirname(target), mode)
      await writeAtomically(target, Buffer.isBuffer(source) ? Readable.from([source]) : source)
    },
    head: async (key) => {
      const found = await stat(getPath(key)).catch(ignoreMissing)
      return found?.isFile() ? { size: found.size, modifiedAt: found.mtime } : null
    },
    open: async (key, range) => {
      const file = await open(getPath(key), 'r').catch(ignoreMissing)
      return file ? openStream(file, range) : null
    },
    remove: async (key) => rm(getPath(key), { force: true }),
    list: () => listFiles(root, ''),
    removeLeftovers: (before) => removeOldParts(root, before),
  }
}

async function writeAtomically(target: string, source: Readable): Promise<void> {
  const folder = path.dirname(target)
  const part = path.join(folder, `.${randomUUID()}.part`)
  try {
    await pipeline(source, createWriteStream(part, { flags: 'wx', flush: true }))
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/**
 * Writes the names of a folder to the disk, too: without it, a file may be there and its name not,
 * after a power failure.
 */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** A stream of an open file, which closes it; null if it is not a file. */
async function openStream(file: FileHandle, range: ByteRange | undefined) {
  const found = await file.stat().catch(async (error: unknown) => {
    await file.close()
    throw error
  })
  if (!found.isFile()) {
    await file.close()
    return null
  }
  return { size: found.size, modifiedAt: found.mtime, stream: file.createReadStream(range) }
}

async function* listFiles(root: string, prefix: string): AsyncGenerator<ListedFile> {
  for (const entry of await readFolder(path.join(root, prefix))) {
    if (entry.name.startsWith('.')) continue
    const key = `${prefix}${entry.name}`
    if (entry.isDirectory()) yield* listFiles(root, `${key}/`)
    const found = entry.isFile() ? await stat(path.join(root, key)).catch(ignoreMissing) : null
    if (found) yield { key, size: found.size, modifiedAt: found.mtime }
  }
}

async function removeOldParts(folder: string, before: Date): Promise<number> {
  let removed = 0
  for (const entry of await readFolder(folder)) {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory() && !entry.name.startsWith('.'))
      removed += await removeOldParts(full, before)
    if (!entry.isFile() || !PART.test(entry.name)) continue
    const found = await stat(full).catch(ignoreMissing)
    if (!found || found.mtime >= before) continue
    await rm(full, { force: true })
    removed++
  }
  return removed
}

const readFolder = async (folder: string): Promise<Dirent[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(ignoreMissing)) ?? []

/** Null for a file that does not exist, also because a part of its path is a file. */
function ignoreMissing(error: unknown): null {
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(getSystemErrorCode(error) ?? '')) return null
  throw error
}
