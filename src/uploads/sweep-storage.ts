import type { FileStorage } from '../storage/file-storage.ts'
import { getSweepLimit } from './temp-files.ts'

/** How many files are looked up at once. */
const BATCH = 100
/**
 * With more files than this without a row, and more of them than with one, the storage belongs to
 * another database.
 */
const MANY = 50

/** How many files without a row, or incomplete ones, were removed; or the problem. */
export type SweepResult = { removed: number } | { problem: string }

/**
 * A storage to sweep: whether Forecourt gave a file its key, which of some keys rows name, and what
 * the files are called in a message, with the setting that chooses the storage.
 */
export type SweptStorage = {
  storage: FileStorage
  isOurs: (key: string) => boolean
  findNamed: (keys: readonly string[]) => Promise<Set<string>>
  files: string
  setting: string
}

/**
 * Removes the files of a storage that no row names, and what interrupted uploads left behind.
 * Leaves files with other names alone, and files of the last hour, because their row may not be
 * committed yet. Removes nothing when most files have no row: the storage then belongs to another
 * database.
 */
export async function sweepStorage(
  swept: SweptStorage,
  now: Date,
  signal: AbortSignal,
): Promise<SweepResult> {
  const { storage } = swept
  const before = getSweepLimit(now)
  const old = await listOldFiles(swept, before, signal)
  const named = await findNamedInBatches(swept, old, signal)
  const rowless = old.filter((key) => !named.has(key))
  if (rowless.length > MANY && rowless.length > named.size)
    return { problem: formatForeignStorage(swept, rowless.length, named.size) }
  for (const key of rowless) {
    signal.throwIfAborted()
    await storage.remove(key)
  }
  return { removed: rowless.length + (await storage.removeLeftovers(before)) }
}

async function listOldFiles(
  { storage, isOurs }: SweptStorage,
  before: Date,
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = []
  for await (const { key, modifiedAt } of storage.list()) {
    signal.throwIfAborted()
    if (isOurs(key) && modifiedAt < before) found.push(key)
  }
  return found
}

async function findNamedInBatches(
  { findNamed }: SweptStorage,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const found = new Set<string>()
  for (let first = 0; first < keys.length; first += BATCH) {
    signal.throwIfAborted()
    for (const key of await findNamed(keys.slice(first, first + BATCH))) found.add(key)
  }
  return found
}

const formatForeignStorage = (
  { storage, files, setting }: SweptStorage,
  rowless: number,
  named: number,
) =>
  `The ${storage.label} has ${rowless} ${files} that are not in this database, and ${named} that ` +
  `are. Nothing was removed. If another database uses the same storage, set ${setting} or ` +
  `S3_PREFIX to a separate one; otherwise move the ${files} elsewhere.`
