import { once } from 'node:events'
import { Readable } from 'node:stream'
import yazl from 'yazl'
import { formatCsvLine } from '../../domain/csv.ts'
import type { OwnerFiles, StoredFile } from '../files.ts'
import type { ExportedTable } from './rows.ts'

/** A file of an owner, and its place in the archive. */
export type ExportedFile = StoredFile & { entryName: string }

type ArchiveContents = {
  tables: readonly ExportedTable[]
  files: readonly ExportedFile[]
  from: OwnerFiles
  at: Date
}

/**
 * A ZIP that is created while it is read, whatever its size: every table as JSON and as CSV, every
 * file, and finally a list of the contents and of files missing from the storage. A failure breaks
 * the archive off, so that an incomplete one cannot be mistaken for a complete one.
 */
export function createArchive(contents: ArchiveContents): Readable {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  writeArchive(zip, output, contents).catch((error: Error) => output.destroy(error))
  return output
}

async function writeArchive(
  zip: yazl.ZipFile,
  output: Readable,
  { tables, files, from, at }: ArchiveContents,
): Promise<void> {
  for (const { name, columns, rows } of tables) {
    await addEntry(zip, output, `${name}.json`, Readable.from(streamJson(rows())))
    await addEntry(zip, output, `${name}.csv`, Readable.from(streamCsv(columns, rows())))
  }
  const missing: string[] = []
  for (const file of files) {
    const bytes = await from.open(file)
    if (bytes) await addEntry(zip, output, file.entryName, bytes)
    else missing.push(file.entryName)
  }
  const about = {
    exportedAt: at.toISOString(),
    tables: tables.map(({ name }) => name),
    files: files.length,
    missing,
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(about, null, 2)}\n`), 'about.json')
  zip.end()
}

/** Adds one entry and waits until it was read; a reader that stops ends it. */
async function addEntry(
  zip: yazl.ZipFile,
  output: Readable,
  entryName: string,
  bytes: Readable,
): Promise<void> {
  const abort = () => bytes.destroy(new Error('The client disconnected during the export.'))
  if (output.destroyed) return void abort()
  output.once('close', abort)
  try {
    zip.addReadStream(bytes, entryName)
    await once(bytes, 'end')
  } finally {
    output.off('close', abort)
  }
}

type Rows = ReturnType<ExportedTable['rows']>

async function* streamJson(rows: Rows): AsyncGenerator<string> {
  let before = '[\n'
  for await (const row of rows) {
    yield before + JSON.stringify(row)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

async function* streamCsv(columns: readonly string[], rows: Rows): AsyncGenerator<string> {
  yield formatCsvLine(columns)
  for await (const row of rows) yield formatCsvLine(columns.map((name) => row[name]))
}
