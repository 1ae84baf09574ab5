import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import yazl from 'yazl'

/** One file of a ZIP: its path is relative, and `modified` is the time that it gets. */
export type ZippedFile = {
  path: string
  bytes: Buffer
  modified: Date
}

/**
 * Packs files into a ZIP while it is read; an error of `files` breaks it off. The same files are
 * the same ZIP. They are not compressed: that takes four times as long for thousands of small
 * texts, and gains nothing for photos.
 */
export async function* zipFiles(files: AsyncIterable<ZippedFile>): AsyncGenerator<Buffer> {
  const zip = new yazl.ZipFile()
  const output = new PassThrough()
  zip.outputStream.pipe(output)
  zip.on('error', (error: Error) => output.destroy(error))
  addFiles({ zip, output }, files).catch((error: Error) => output.destroy(error))
  for await (const chunk of output) yield chunk as Buffer
}

type Archive = {
  zip: yazl.ZipFile
  output: PassThrough
}

/** Adds the files as fast as they are read; stops when the reader does. */
async function addFiles({ zip, output }: Archive, files: AsyncIterable<ZippedFile>): Promise<void> {
  for await (const { path, bytes, modified } of files) {
    if (output.destroyed) return
    zip.addBuffer(bytes, path, { mtime: modified, compress: false })
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
