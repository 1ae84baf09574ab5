import { randomUUID } from 'node:crypto'
import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import type { Settings } from '../env.ts'
import { createFolder } from '../folders.ts'
import { FILE_BYTES } from './body-limits.ts'

/**
 * How old an unused file must be before it is removed, in milliseconds: an upload takes minutes at
 * most.
 */
const MIN_AGE_MS = 3_600_000

/** The time before which a file must have been written to be removed as unused. */
export const getSweepLimit = (now: Date): Date => new Date(now.getTime() - MIN_AGE_MS)

/** What Payload calls the files that it receives, `tmp-1-1790000000000`, and what we do. */
const RECEIVED = /^(?:tmp-\d+-\d+|raw-[\da-f-]{36})$/

/** A new path for a received file, which the sweep removes if nothing else does. */
export const buildTempPath = ({ config }: Pick<Payload, 'config'>): string =>
  path.join(config.upload.tempFileDir ?? '', `raw-${randomUUID()}`)

/**
 * How Payload receives files: on the disk, each process in its own folder inside DATA_DIR, because
 * Payload's names are only unique within one process.
 */
export const buildUploadSettings = ({ DATA_DIR }: Pick<Settings, 'DATA_DIR'>) => ({
  limits: { fileSize: FILE_BYTES },
  abortOnLimit: true,
  useTempFiles: true,
  tempFileDir: path.join(getTempRoot(DATA_DIR), randomUUID()),
})

/**
 * Creates the folder for received files, readable by this user only, and removes what earlier
 * processes left behind. Returns the function that removes the folder.
 */
export async function openTempFolder(
  { config }: Pick<Payload, 'config'>,
  dataDir: string,
): Promise<() => Promise<void>> {
  const { tempFileDir = getTempRoot(dataDir) } = config.upload
  createFolder(getTempRoot(dataDir), 0o700)
  createFolder(tempFileDir, 0o700)
  await sweepTempFiles(dataDir, new Date())
  return () => rm(tempFileDir, { recursive: true, force: true })
}

/**
 * Removes received files that no request uses any more, and the folders of ended processes. Returns
 * the number of files.
 */
export async function sweepTempFiles(dataDir: string, now: Date): Promise<number> {
  const root = getTempRoot(dataDir)
  let removed = 0
  for (const name of await listNames(root)) {
    const folder = path.join(root, name)
    const files = (await listNames(folder))
      .filter((file) => RECEIVED.test(file))
      .map((file) => path.join(folder, file))
    const old = await Promise.all(files.map((file) => isOld(file, now)))
    for (const file of files.filter((_, index) => old[index])) {
      await rm(file, { force: true })
      removed++
    }
    if (await isOld(folder, now)) await rmdir(folder).catch(() => undefined)
  }
  return removed
}

/** Whether a file exists and has not changed for MIN_AGE_MS. */
async function isOld(file: string, now: Date): Promise<boolean> {
  const found = await stat(file).catch(() => null)
  return found !== null && found.mtime < getSweepLimit(now)
}

const getTempRoot = (dataDir: string) => path.resolve(dataDir, 'uploads')
const listNames = (folder: string) => readdir(folder).catch(() => [])
