import { readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { createLocalReq, type Payload, type Where } from 'payload'
import { parseUploadFile, type UploadFile } from './file-names.ts'
import { getFileNames, type UploadRow } from './stored-files.ts'
import { isOld } from './temp-files.ts'

/** How many files are looked up at once. */
const BATCH = 100
/**
 * With more files than this without a row, and more of them than with one, the folder belongs to
 * another database.
 */
const MANY = 50

type FoundFile = UploadFile & { file: string }

/**
 * How many files without a row were removed, and how many were renamed back because the deletion of
 * their row failed; or the problem.
 */
export type SweepResult = { removed: number; restored: number } | { problem: string }

/**
 * Removes the files of a folder of uploads that no row names. Leaves files with other names alone,
 * and files of the last hour, because their row may not be committed yet. Removes nothing when most
 * files have no row: the folder then belongs to another database.
 */
export async function sweepUploads(
  payload: Payload,
  mediaDir: string,
  now: Date,
  signal: AbortSignal,
): Promise<SweepResult> {
  const folder = path.resolve(mediaDir)
  const old = await listOldFiles(folder, now)
  const named = await findNamesWithRow(payload, old, signal)
  const rowless = old.filter(({ kind, name }) => kind !== 'part' && !named.has(name))
  if (rowless.length > MANY && rowless.length > named.size)
    return { problem: formatForeignFolder(folder, rowless.length, named.size) }
  const restored = old.filter(({ kind, name }) => kind === 'set aside' && named.has(name))
  for (const { file, name } of restored)
    await restore(path.join(folder, file), path.join(folder, name))
  const gone = [...rowless, ...old.filter(({ kind }) => kind === 'part')]
  for (const { file } of gone) {
    signal.throwIfAborted()
    await rm(path.join(folder, file), { force: true })
  }
  return { removed: gone.length, restored: restored.length }
}

async function listOldFiles(folder: string, now: Date): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found: FoundFile[] = []
  for (const entry of entries) {
    const parsed = entry.isFile() ? parseUploadFile(entry.name) : null
    if (parsed && (await isOld(path.join(folder, entry.name), now)))
      found.push({ ...parsed, file: entry.name })
  }
  return found
}

/**
 * Which of the files rows of any collection with uploads name, as the file itself or as one of its
 * sizes; those in the trash, too.
 */
async function findNamesWithRow(
  payload: Payload,
  files: readonly FoundFile[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const names = [...new Set(files.map(({ name }) => name))]
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

/** Gives a file its name back, unless there is one of this name. */
async function restore(aside: string, file: string): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  )
  await (isThere ? rm(aside, { force: true }) : rename(aside, file))
}

const formatForeignFolder = (folder: string, rowless: number, named: number) =>
  `${folder} has ${rowless} photos that are not in this database, and ${named} ` +
  'that are. Nothing was removed. If another database uses this folder, set MEDIA_DIR to a ' +
  'separate folder; otherwise move the photos elsewhere.'
