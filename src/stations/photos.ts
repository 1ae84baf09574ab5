import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { PayloadRequest } from 'payload'
import { getPostgresAdapter } from '../database/transaction.ts'
import { createSingleFlight } from '../egress/single-flight.ts'
import { getService } from '../services.ts'
import type { FileStorage } from '../storage/file-storage.ts'
import { lazySharp } from '../uploads/lazy-sharp.ts'
import { computeStaleBefore } from './domain/coverage.ts'
import { PlacesError } from './domain/places.ts'
import type { PlacesService } from './places-service.ts'

/** The photo of a station as WebP; null if it has none. Throws PlacesError. */
export type PhotoLoader = (req: PayloadRequest, reference: string) => Promise<Buffer | null>

const MAX_SIDE = 1_200
/** Larger pictures are refused before they are decoded. */
const MAX_INPUT_PIXELS = 40_000_000
/** Stored for a photo that Google no longer has, so that it is asked once in 30 days. */
const NO_PHOTO = Buffer.alloc(0)
/** The maximum wait for a photo that another request is loading. */
const TIMEOUT_MS = 15_000

/**
 * Creates the loader of photos: from the storage, or from Google Places, once at a time. A photo is
 * decoded and encoded again, so that nothing but a picture is stored and served. Without Google
 * Places, only stored photos are returned.
 */
export function createPhotoLoader(places: PlacesService | null): PhotoLoader {
  const fly = createSingleFlight({ maxRunning: 1, timeoutMs: TIMEOUT_MS })
  return async (req, reference) => {
    const storage = getService(req.payload, 'storages').stations
    const key = buildPhotoKey(reference)
    const find = () => findStored(storage, key)
    const stored = await find()
    if (stored || !places) return stored?.photo ?? null
    const work = async () => {
      const bytes = await places.callFor(req, ({ fetchPhoto }) => fetchPhoto(reference))
      const photo = bytes && (await encodePhoto(bytes))
      await storage.put(key, photo ?? NO_PHOTO)
      return { photo }
    }
    const { pool } = getPostgresAdapter(req.payload)
    return (await fly(pool, `station photo ${key}`, { find, work })).photo
  }
}

/** Removes the photos that were stored more than 30 days ago. Returns how many there were. */
export async function removeStalePhotos(
  storage: FileStorage,
  now: Date,
  signal: AbortSignal,
): Promise<number> {
  const before = computeStaleBefore(now)
  let removed = 0
  for await (const { key, modifiedAt } of storage.list()) {
    signal.throwIfAborted()
    if (modifiedAt >= before) continue
    await storage.remove(key)
    removed += 1
  }
  await storage.removeLeftovers(before)
  return removed
}

/** The key of a photo; a reference has characters that a file name may not have. */
export const buildPhotoKey = (reference: string): string =>
  `${createHash('sha256').update(reference).digest('hex').slice(0, 40)}.webp`

/** What is stored about a photo; null if nothing is. */
async function findStored(
  storage: FileStorage,
  key: string,
): Promise<{ photo: Buffer | null } | null> {
  const file = await storage.open(key)
  if (!file) return null
  const bytes = await buffer(file.stream)
  return { photo: bytes.byteLength === 0 ? null : bytes }
}

/** Encodes a picture as WebP, turned upright and without its metadata. Throws PlacesError. */
function encodePhoto(bytes: Buffer): Promise<Buffer> {
  return lazySharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS })
    .rotate()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()
    .catch((cause: unknown) => {
      throw new PlacesError('unavailable', 'Google Places sent a photo that cannot be read.', {
        cause,
      })
    })
}
