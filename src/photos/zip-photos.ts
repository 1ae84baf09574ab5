import { Readable } from 'node:stream'
import type { Payload } from 'payload'
import yazl from 'yazl'
import { findUploadName } from '../domain/photo-url.ts'
import { getService } from '../services.ts'
import { loadSharp } from '../uploads/lazy-sharp.ts'
import { readPhoto } from './read-photo.ts'

/** Other sites’ forms take JPEG, so the ZIP has no WebP. */
const QUALITY = 90

/** The entry that lists what is not in the ZIP. */
const LEFT_OUT = 'not-included.txt'

type Context = { payload: Payload }

/**
 * A ZIP with our own photos of a car as JPEG, in their order: `01.jpg`, `02.jpg`. Each photo is
 * encoded when the one before was read. Photos on other sites, and those whose file is missing, are
 * listed in a text file. A failure breaks the ZIP off.
 */
export async function zipPhotos(context: Context, urls: readonly string[]): Promise<Readable> {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  const leftOut: string[] = []
  for (const [index, url] of urls.entries()) {
    const number = String(index + 1).padStart(2, '0')
    const own = await findOwnFile(context, url)
    if (own === null) leftOut.push(`${number} ${url}\n`)
    else addPhoto(zip, `${number}.jpg`, () => encodeJpeg(context, own))
  }
  if (leftOut.length > 0) zip.addBuffer(Buffer.from(leftOut.join('')), LEFT_OUT)
  zip.end()
  return output
}

/** The file of one of our photos; null for one on another site, or whose file is missing. */
async function findOwnFile({ payload }: Context, url: string): Promise<string | null> {
  const own = findUploadName(url, [payload.config.serverURL])
  if (own === null) return null
  return (await getService(payload, 'storages').media.head(own)) ? own : null
}

function addPhoto(zip: yazl.ZipFile, entry: string, encode: () => Promise<Buffer>): void {
  zip.addReadStreamLazy(entry, { compress: false }, (done) => {
    encode().then(
      (bytes) => done(null, Readable.from([bytes])),
      (error: unknown) => done(error, Readable.from([])),
    )
  })
}

async function encodeJpeg(context: Context, filename: string): Promise<Buffer> {
  const bytes = await readPhoto(context, filename)
  if (!bytes) throw new Error(`The photo ${filename} is missing in the storage.`)
  return loadSharp()(bytes).flatten({ background: 'white' }).jpeg({ quality: QUALITY }).toBuffer()
}
