import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { describeFileError, getSystemErrorCode } from '../../../src/domain/system-error.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import type { FolderEntry } from '../domain/generated-feed.ts'

/** The list of the files that are ours, in the folder itself. Jekyll ignores hidden files. */
const MANIFEST = '.forecourt-files.json'
const STAGING = /^\.forecourt-[0-9a-f-]{36}$/
const FILES = z.array(z.string())
const SAFE_NAME = /^[\w-][\w.-]*$/

type WriteOptions = {
  /** The folder of the cars of a Jekyll site, created if it is missing. */
  folder: string
  entries: AsyncIterable<FolderEntry>
  signal: AbortSignal
}

/** How many files were written, and how many of cars that left were removed. */
export type FolderResult = { written: number; removed: number }

/**
 * Writes the files of a feed to a folder. All of them are written beside their places first; then
 * each is renamed over the one before, and those of cars that left are removed. Files that are not
 * ours are never changed. Throws DeliveryFailure: before the first rename, so nothing has changed,
 * unless the disk fails in the middle of the renames, which the next run completes.
 */
export async function writeFeedFolder({
  folder,
  entries,
  signal,
}: WriteOptions): Promise<FolderResult> {
  try {
    await mkdir(folder, { recursive: true })
    await removeStaging(folder)
    return await replaceFiles(folder, entries, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw explain(folder, error)
  }
}

async function replaceFiles(
  folder: string,
  entries: AsyncIterable<FolderEntry>,
  signal: AbortSignal,
): Promise<FolderResult> {
  const staging = path.join(folder, `.forecourt-${randomUUID()}`)
  await mkdir(staging)
  try {
    const names = await stageFiles(staging, entries, signal)
    const ours = await readManifest(folder)
    await refuseForeignFiles(folder, names, ours)
    await writeManifest(folder, [...new Set([...ours, ...names])])
    for (const name of names) await rename(path.join(staging, name), path.join(folder, name))
    const gone = [...ours].filter((name) => !names.has(name))
    for (const name of gone) await rm(path.join(folder, name), { force: true })
    await writeManifest(folder, [...names])
    return { written: names.size, removed: gone.length }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Writes every file of a feed to a folder of its own. Returns their names. */
async function stageFiles(
  staging: string,
  entries: AsyncIterable<FolderEntry>,
  signal: AbortSignal,
): Promise<Set<string>> {
  const names = new Set<string>()
  for await (const entry of entries) {
    signal.throwIfAborted()
    const name = path.posix.basename(entry.path)
    if (!SAFE_NAME.test(name) || names.has(name))
      throw new DeliveryFailure('refused', `The file name ${JSON.stringify(name)} cannot be used.`)
    names.add(name)
    await writeDurably(path.join(staging, name), entry.text)
  }
  return names
}

/** Throws if a file with one of these names is somebody else's. */
async function refuseForeignFiles(
  folder: string,
  names: ReadonlySet<string>,
  ours: ReadonlySet<string>,
): Promise<void> {
  for (const name of names) {
    if (ours.has(name) || !(await stat(path.join(folder, name)).catch(ignoreMissing))) continue
    throw new DeliveryFailure(
      'refused',
      `${path.join(folder, name)} exists and was not written by this feed, so it was not ` +
        'replaced. Nothing was changed. Move that file elsewhere.',
    )
  }
}

async function readManifest(folder: string): Promise<Set<string>> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(ignoreMissing)
  if (text === null) return new Set()
  const files = FILES.safeParse(parseJson(text))
  if (files.success) return new Set(files.data.filter((name) => SAFE_NAME.test(name)))
  throw new DeliveryFailure(
    'refused',
    `${path.join(folder, MANIFEST)} cannot be read, so it is unknown which files belong to this ` +
      'feed. Restore it, or remove it together with the files of cars.',
  )
}

async function writeManifest(folder: string, names: readonly string[]): Promise<void> {
  const target = path.join(folder, MANIFEST)
  await writeDurably(`${target}.part`, `${JSON.stringify(names.toSorted(), null, 1)}\n`)
  await rename(`${target}.part`, target)
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o644)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Removes what a killed run left. */
async function removeStaging(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (STAGING.test(name)) await rm(path.join(folder, name), { recursive: true, force: true })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function ignoreMissing(error: unknown): null {
  if (getSystemErrorCode(error) === 'ENOENT') return null
  throw error
}

function explain(folder: string, error: unknown): unknown {
  const code = getSystemErrorCode(error)
  if (error instanceof DeliveryFailure || code === undefined) return error
  const kind = code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'folder'
  return new DeliveryFailure(
    kind,
    `The cars cannot be written to ${folder}: ${describeFileError(error)}.`,
    { cause: error },
  )
}
