import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import yazl from 'yazl'
import type { FolderEntry } from '../domain/generated-feed.ts'

/**
 * Packs the files of a folder into a ZIP while it is read; `modified` is the time of each. They are
 * not compressed: that takes four times as long for thousands of small files.
 */
export async function* zipEntries(
  entries: AsyncIterable<FolderEntry>,
  modified: Date,
): AsyncGenerator<Buffer> {
  const zip = new yazl.ZipFile()
  const output = new PassThrough()
  zip.outputStream.pipe(output)
  zip.on('error', (error: Error) => output.destroy(error))
  addEntries({ zip, output, modified }, entries).catch((error: Error) => output.destroy(error))
  for await (const chunk of output) yield chunk as Buffer
}

type Archive = {
  zip: yazl.ZipFile
  output: PassThrough
  modified: Date
}

/** Adds the files as fast as they are read; stops when the reader does. */
async function addEntries(
  { zip, output, modified }: Archive,
  entries: AsyncIterable<FolderEntry>,
): Promise<void> {
  for await (const { path, text } of entries) {
    if (output.destroyed) return
    zip.addBuffer(Buffer.from(text), path, { mtime: modified, compress: false })
    if (output.writableNeedDrain) await waitForReader(output)
  }
  zip.end()
}

async function waitForReader(output: PassThrough): Promise<void> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    await Promise.race([once(output, 'drain', { signal }), once(output, 'close', { signal })])
  } finally {
    waiting.abort()
  }
}
