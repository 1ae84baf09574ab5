import { Readable } from 'node:stream'
import type { Payload } from 'payload'
import { findUploadName } from '../domain/photo-url.ts'
import { type ZippedFile, zipFiles } from '../storage/zip-files.ts'
import { loadSharp } from '../uploads/lazy-sharp.ts'
import { readPhoto } from './read-photo.ts'

/** Other sites’ forms take JPEG, so the ZIP has no WebP. */
const QUALITY = 90

/** The entry that lists what is not in the ZIP. */
const LEFT_OUT = 'not-included.txt'

type Context = { payload: Payload }

/**
 * A ZIP with our own photos of a car as JPEG, in their order: `01.jpg`, `02.jpg`. Each photo is
 * encoded when the one before was read. Photos on other sites, those whose file is missing and
 * damaged ones are listed in a text file.
 */
export const zipPhotos = (context: Context, urls: readonly string[]): Readable =>
  Readable.from(zipFiles(encodePhotos(context, urls)), { objectMode: false })

async function* encodePhotos(
  context: Context,
  urls: readonly string[],
): AsyncGenerator<ZippedFile> {
  const modified = new Date()
  const leftOut: string[] = []
  for (const [index, url] of urls.entries()) {
    const number = String(index + 1).padStart(2, '0')
    const photo = await encodePhoto(context, url)
    if ('problem' in photo) leftOut.push(`${number} ${url} (${photo.problem})\n`)
    else yield { path: `${number}.jpg`, bytes: photo.bytes, modified }
  }
  if (leftOut.length > 0) yield { path: LEFT_OUT, bytes: Buffer.from(leftOut.join('')), modified }
}

/** One of our photos as JPEG, or why it cannot be included. */
async function encodePhoto(
  context: Context,
  url: string,
): Promise<{ bytes: Buffer } | { problem: string }> {
  const filename = findUploadName(url, [context.payload.config.serverURL])
  if (filename === null) return { problem: 'on another site' }
  const stored = await readPhoto(context, filename)
  if (!stored) return { problem: 'its file is missing' }
  try {
    const image = loadSharp()(stored).flatten({ background: 'white' })
    return { bytes: await image.jpeg({ quality: QUALITY }).toBuffer() }
  } catch (error) {
    context.payload.logger.warn({ err: error }, `The photo ${filename} is damaged.`)
    return { problem: 'its file is damaged' }
  }
}
