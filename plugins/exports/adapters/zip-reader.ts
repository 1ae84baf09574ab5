import { text } from 'node:stream/consumers'
import yauzl from 'yauzl'
import type { FolderEntry } from '../domain/generated-feed.ts'

/** Reads the text files of a ZIP file of ours one after the other. */
export async function* readZipEntries(file: Buffer): AsyncGenerator<FolderEntry> {
  const zip = await yauzl.fromBufferPromise(file, { strictFileNames: true })
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    yield { path: entry.fileName, text: await text(await zip.openReadStreamPromise(entry)) }
  }
}
