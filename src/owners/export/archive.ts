import { once } from 'node:events'
import { Readable } from 'node:stream'
import yazl from 'yazl'
import { csvLine } from '../../domain/csv.ts'
import type { OwnerFiles, StoredFile } from '../files.ts'
import type { ExportedTable } from './rows.ts'

/** A file of an owner, and its place in the archive. */
export type ExportedFile = StoredFile & { place: string }

type Contents = { tables: readonly ExportedTable[]; files: readonly ExportedFile[]; from: OwnerFiles; at: Date }

/**
 * A ZIP that is made as it is read, whatever its size: every table as JSON and as CSV, every file, and last a list of what is in it and
 * of files that the storage does not have. What fails half-way breaks the archive off, so that nobody takes half of it for the whole.
 */
export function archiveOf(contents: Contents): Readable {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  fill(zip, output, contents).catch((error: Error) => output.destroy(error))
  return output
}

async function fill(zip: yazl.ZipFile, output: Readable, { tables, files, from, at }: Contents): Promise<void> {
  for (const { name, columns, rows } of tables) {
    await add(zip, output, `${name}.json`, Readable.from(jsonOf(rows())))
    await add(zip, output, `${name}.csv`, Readable.from(csvOf(columns, rows())))
  }
  const missing: string[] = []
  for (const file of files) {
    const bytes = await from.open(file)
    if (bytes) await add(zip, output, file.place, bytes)
    else missing.push(file.place)
  }
  const about = { exportedAt: at.toISOString(), tables: tables.map(({ name }) => name), files: files.length, missing }
  zip.addBuffer(Buffer.from(`${JSON.stringify(about, null, 2)}\n`), 'about.json')
  zip.end()
}

/** Adds one entry and waits until it was read; who stops reading ends it. */
async function add(zip: yazl.ZipFile, output: Readable, place: string, bytes: Readable): Promise<void> {
  const leave = () => bytes.destroy(new Error('Whoever asked for the export left.'))
  if (output.destroyed) return void leave()
  output.once('close', leave)
  try {
    zip.addReadStream(bytes, place)
    await once(bytes, 'end')
  } finally {
    output.off('close', leave)
  }
}

type Rows = ReturnType<ExportedTable['rows']>

async function* jsonOf(rows: Rows): AsyncGenerator<string> {
  let before = '[\n'
  for await (const row of rows) {
    yield before + JSON.stringify(row)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

async function* csvOf(columns: readonly string[], rows: Rows): AsyncGenerator<string> {
  yield csvLine(columns)
  for await (const row of rows) yield csvLine(columns.map((name) => row[name]))
}
