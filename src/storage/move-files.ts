import { createHash } from 'node:crypto'
import type { FileStorage } from './file-storage.ts'

/** A file that could not be moved, and why. */
export type MoveFailure = { key: string; error: unknown }

/** How many files were moved, with their bytes, and the files that could not be moved. */
export type MoveResult = {
  files: number
  bytes: number
  failures: MoveFailure[]
}

type MoveOptions = {
  from: FileStorage
  to: FileStorage
  /** Called after each file. */
  onFile?: (result: MoveResult) => void
}

/** How many files are moved at the same time. */
const LANES = 4
/** A move with this many failures stops: the fault is then not one of single files. */
const MAX_FAILURES = 20

/**
 * Moves every file of a storage to another one. Each is copied, read back and compared by its
 * SHA-256, and only then removed from where it was. A move can be stopped or killed at any moment
 * and run again: it continues with the files that are left. Only one may run at a time.
 */
export async function moveFiles(options: MoveOptions): Promise<MoveResult> {
  const { from, onFile } = options
  const result: MoveResult = { files: 0, bytes: 0, failures: [] }
  const files = from.list()[Symbol.asyncIterator]()
  const moveNext = async (): Promise<boolean> => {
    const next = await files.next()
    if (next.done) return false
    const file = next.value
    try {
      if (await moveFile(options, file.key)) {
        result.files++
        result.bytes += file.size
      }
    } catch (error) {
      result.failures.push({ key: file.key, error })
    }
    onFile?.(result)
    return result.failures.length < MAX_FAILURES
  }
  const lanes = Array.from({ length: LANES }, async () => {
    while (await moveNext());
  })
  await Promise.all(lanes)
  return result
}

/** Moves one file; false if it was deleted in the meantime. */
async function moveFile({ from, to }: MoveOptions, key: string): Promise<boolean> {
  const hash = await hashFile(from, key)
  if (hash === null) return false
  if ((await hashFile(to, key)) !== hash) {
    const source = await from.open(key)
    if (!source) return false
    await to.put(key, source.stream)
    if ((await hashFile(to, key)) !== hash) {
      await to.remove(key)
      throw new Error(
        `${key} arrived in the ${to.label} with other bytes. It is still in the ${from.label}.`,
      )
    }
  }
  // A deletion removes the file here first, so it either sees the copy or is seen here.
  if ((await from.head(key)) === null) {
    await to.remove(key)
    return false
  }
  await from.remove(key)
  return true
}

/** The SHA-256 of a file; null if it does not exist. */
async function hashFile(storage: FileStorage, key: string): Promise<string | null> {
  const file = await storage.open(key)
  if (!file) return null
  const hash = createHash('sha256')
  for await (const chunk of file.stream as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}
