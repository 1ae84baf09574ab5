import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { APIError } from 'payload'
import yauzl from 'yauzl'
import { z } from 'zod'
import { decodeUtf8 } from '../../domain/utf8.ts'
import { type ArchiveEntry, findArchiveProblem, isTable } from './archive-limits.ts'

/** A row of a table of an export. */
export type ArchivedRow = z.output<typeof ROW>

/** A file of an export: its ID, or that of the row that names it alone; its name; and its bytes. */
export type ArchivedFile = {
  id: string
  name: string
  bytes: number
  open: () => Promise<Buffer>
}

/** An account's export: its tables by name, and its files. */
export type Archive = { tables: ReadonlyMap<string, ArchivedRow[]>; files: ArchivedFile[] }

const ROW = z.looseObject({ id: z.union([z.string(), z.number()]) })
const TABLE = z.array(ROW)
const ABOUT = 'about.json'
/** The name of an entry with a file: its ID, and its own name. */
const FILE = /^files\/([^/]+)\/([^/]+)$/

const REFUSED = 'Nothing was imported. Send the ZIP of GET /api/me/export unchanged.'

/** An archive that is not read (400). The message says why. */
function createProblem(problem: string, cause?: unknown): Error {
  const error: Error = new APIError(`The archive ${problem}. ${REFUSED}`, 400, undefined, true)
  error.cause = cause
  return error
}

/**
 * Opens the export of an account, and reads its tables, while `work` uses it. Nothing is unpacked
 * to a disk. Throws a 400 for anything but an export: see `findArchiveProblem`.
 */
export async function withArchive<Value>(
  file: string,
  work: (archive: Archive) => Promise<Value>,
): Promise<Value> {
  const zip = await yauzl
    .openPromise(file, { autoClose: false, strictFileNames: true })
    .catch((error: unknown) => {
      throw createProblem('is not a ZIP file, or is incomplete', error)
    })
  try {
    return await work(await readArchive(zip))
  } finally {
    zip.close()
  }
}

async function readArchive(zip: yauzl.ZipFile): Promise<Archive> {
  const entries = await listEntries(zip)
  const problem = findArchiveProblem(entries.map(describeEntry))
  if (problem !== null) throw createProblem(problem)
  const names = entries.map(({ fileName }) => fileName)
  if (!names.includes(ABOUT)) throw createProblem(`has no ${ABOUT}, so it is not an export`)
  const tables = new Map<string, ArchivedRow[]>()
  const files: ArchivedFile[] = []
  for (const entry of entries) {
    const name = entry.fileName
    if (name !== ABOUT && isTable(name))
      tables.set(name.replace(/\.json$/, ''), parseTable(name, await readEntry(zip, entry)))
    const [, id, own] = FILE.exec(name) ?? []
    if (id && own)
      files.push({
        id,
        name: own,
        bytes: entry.uncompressedSize,
        open: () => readEntry(zip, entry),
      })
  }
  return { tables, files }
}

async function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const limit = 10_001
  const entries: yauzl.Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry)
      if (entries.length >= limit) break
    }
  } catch (error) {
    throw createProblem(
      `is not valid (${error instanceof Error ? error.message.slice(0, 120) : 'unknown error'})`,
      error,
    )
  }
  return entries
}

const describeEntry = (entry: yauzl.Entry): ArchiveEntry => ({
  name: entry.fileName,
  offset: entry.relativeOffsetOfLocalHeader,
  nameBytes: entry.fileNameLength,
  compressedBytes: entry.compressedSize,
  bytes: entry.uncompressedSize,
  mode: entry.externalFileAttributes >>> 16,
  isReadable: entry.canDecodeFileData() && !entry.isEncrypted(),
})

/** The bytes of an entry. The library ends an entry that is longer than it claims. */
async function readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry)
    return await buffer(stream)
  } catch (error) {
    throw createProblem(`has the entry ${JSON.stringify(entry.fileName)}, which is damaged`, error)
  }
}

function parseTable(name: string, bytes: Buffer): ArchivedRow[] {
  const text = decodeUtf8(bytes)
  const parsed = text === null ? null : TABLE.safeParse(parseJson(text))
  if (parsed?.success) return parsed.data
  throw createProblem(`has the table ${name}, which is not a JSON list of rows`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
