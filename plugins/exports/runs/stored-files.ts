import { createHash, randomUUID } from 'node:crypto'
import { PassThrough, type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { FileStorage } from '../../../src/storage/file-storage.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import type { GeneratedFeed } from '../generate-feed.ts'
import type { Delivery, StoredFile } from '../store/deliveries.ts'

/**
 * Stores the file of a feed while it is generated, compressed. Nothing is stored if that fails.
 * `bytes` and `sha256` are those of the file as it is delivered.
 */
export async function storeFeed(
  storage: FileStorage,
  feed: GeneratedFeed,
  signal: AbortSignal,
): Promise<StoredFile> {
  const fileKey = `${randomUUID()}.gz`
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      hash.update(chunk)
      bytes += chunk.length
      callback(null, chunk)
    },
  })
  const stored = new PassThrough()
  await Promise.all([
    storage.put(fileKey, stored),
    pipeline(feed.body, measure, createGzip(), stored, { signal }),
  ])
  const { listed, leftOut } = await feed.contents
  return { fileName: feed.fileName, fileKey, sha256: hash.digest('hex'), bytes, listed, leftOut }
}

/** Opens the file of a delivery, as it is delivered. Throws a DeliveryFailure if it is gone. */
export async function openDelivery(
  storage: FileStorage,
  { fileKey, fileName }: Pick<Delivery, 'fileKey' | 'fileName'>,
): Promise<Readable> {
  const file = fileKey === null ? null : await storage.open(fileKey)
  if (!file)
    throw new DeliveryFailure(
      'settings',
      `The file ${fileName ?? 'of the delivery'} is not in the ${storage.label} any more. ` +
        'Deliver the feed again.',
    )
  const unpacked = createGunzip()
  file.stream.on('error', (error) => unpacked.destroy(error))
  unpacked.on('close', () => file.stream.destroy())
  return file.stream.pipe(unpacked)
}

const OUR_KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.gz$/

/** Whether a file of the storage was named by `storeFeed`. */
export const isStoredFeed = (key: string): boolean => OUR_KEY.test(key)
