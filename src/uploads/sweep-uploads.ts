import { createLocalReq, type Payload, type Where } from 'payload'
import type { FileStorage } from '../storage/file-storage.ts'
import { isUploadName } from './file-names.ts'
import { getFileNames, type UploadRow } from './stored-files.ts'
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
 * Removes the uploaded files of a storage that no row names, and what interrupted uploads left
 * behind. Leaves files with other names alone, and files of the last hour, because their row may
 * not be committed yet. Removes nothing when most files have no row: the storage then belongs to
 * another database.
 */
export async function sweepUploads(
  payload: Payload,
  storage: FileStorage,
  now: Date,
  signal: AbortSignal,
): Promise<SweepResult> {
  const before = getSweepLimit(now)
  const old = await listOldFiles(storage, before, signal)
  const named = await findNamesWithRow(payload, old, signal)
  const rowless = old.filter((name) => !named.has(name))
  if (rowless.length > MANY && rowless.length > named.size)
    return { problem: formatForeignStorage(storage, rowless.length, named.size) }
  for (const name of rowless) {
    signal.throwIfAborted()
    await storage.remove(name)
  }
  return { removed: rowless.length + (await storage.removeLeftovers(before)) }
}

async function listOldFiles(
  storage: FileStorage,
  before: Date,
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = []
  for await (const { key, modifiedAt } of storage.list()) {
    signal.throwIfAborted()
    if (isUploadName(key) && modifiedAt < before) found.push(key)
  }
  return found
}

/**
 * Which of the files rows of any collection with uploads name, as the file itself or as one of its
 * sizes; those in the trash, too.
 */
async function findNamesWithRow(
  payload: Payload,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const found = new Set<string>()
  const req = await createLocalReq({}, payload)
  for (let first = 0; first < names.length; first += BATCH) {
    signal.throwIfAborted()
    const batch = names.slice(first, first + BATCH)
    for (const { config } of Object.values(payload.collections).filter(takesFiles)) {
      const where: Where = {
        or: listNameFields(config.upload.imageSizes ?? []).map((field) => ({
          [field]: { in: batch },
        })),
      }
      const { docs } = await payload.find({
        collection: config.slug,
        where,
        depth: 0,
        limit: 0,
        pagination: false,
        trash: true,
        overrideAccess: true,
        req,
      })
      for (const name of docs.flatMap((row) => getFileNames(row as UploadRow))) found.add(name)
    }
  }
  return new Set(names.filter((name) => found.has(name)))
}

const takesFiles = ({ config }: { config: { upload?: unknown } }) => Boolean(config.upload)
const listNameFields = (sizes: readonly { name: string }[]) => [
  'filename',
  ...sizes.map(({ name }) => `sizes.${name}.filename`),
]

const formatForeignStorage = ({ label }: FileStorage, rowless: number, named: number) =>
  `The ${label} has ${rowless} photos that are not in this database, and ${named} that are. ` +
  'Nothing was removed. If another database uses the same storage, set MEDIA_DIR or S3_PREFIX to ' +
  'a separate one; otherwise move the photos elsewhere.'
