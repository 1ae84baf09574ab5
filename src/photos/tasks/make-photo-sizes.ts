import { createLocalReq } from 'payload'
import { z } from 'zod'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getService } from '../../services.ts'
import { encodePlaceholder, encodeSizes, readWidth } from '../adapters/encode-sizes.ts'
import { buildSizeKey } from '../domain/photo-sizes.ts'
import { readPhoto } from '../read-photo.ts'
import {
  findUnprepared,
  type Preparation,
  savePreparation,
  type StoredPhoto,
} from '../store/photo-sizes.ts'

/** The name of the task, for those who queue it. */
export const MAKE_PHOTO_SIZES = 'make-photo-sizes'

/**
 * Makes the sizes of one photo, and its placeholder. Idempotent: a photo that was prepared is left
 * alone, and a repeated run stores the same bytes under the same keys. What cannot be decoded is
 * recorded as such and not tried again; another failure is, when the tries are used up.
 */
export const makePhotoSizes = () =>
  defineTask({
    name: MAKE_PHOTO_SIZES,
    queue: 'photos',
    description: 'Makes the sizes of one photo for public sites, as AVIF and WebP.',
    input: z.object({ photo: z.uuid() }),
    expiry: 300,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    singletonKey: ({ photo }) => photo,
    run: async (ctx, { photo: id }) => {
      const { db } = getTransaction(await createLocalReq({}, ctx.payload))
      const photo = await findUnprepared(db, id)
      if (!photo) return { sizes: 0 }
      const prepared = await prepare(ctx, photo).catch((error: unknown) => {
        ctx.signal.throwIfAborted()
        if (!ctx.isLastAttempt) throw error
        return { ...NOTHING, problem: describeProblem(error) }
      })
      await ctx.commit((tx) =>
        savePreparation(getTransaction(tx).db, id, { ...prepared, now: ctx.now() }),
      )
      const { problem, sizes } = prepared
      return { sizes: sizes.length, ...(problem !== null && { problem }) }
    },
  })

type Prepared = Omit<Preparation, 'now'>

const NOTHING: Prepared = { sizes: [], placeholder: null, problem: null }

async function prepare(ctx: TaskContext, { filename }: StoredPhoto): Promise<Prepared> {
  const bytes = await readPhoto(ctx, filename)
  if (!bytes) return { ...NOTHING, problem: 'Its bytes are missing in the storage.' }
  const opened = await openPhoto(bytes)
  if ('problem' in opened) return { ...NOTHING, problem: opened.problem }
  const { media } = getService(ctx.payload, 'storages')
  const sizes: Preparation['sizes'][number][] = []
  for await (const size of encodeSizes(bytes, opened.width, ctx.signal)) {
    const { width, height, format } = size
    const storageKey = buildSizeKey(filename, width, format)
    await media.put(storageKey, size.bytes)
    sizes.push({ width, height, format, fileSize: size.bytes.byteLength, storageKey })
  }
  return { sizes, placeholder: opened.placeholder, problem: null }
}

type OpenedPhoto = { width: number; placeholder: string }

/** Decodes a photo whole, which shows whether it can be decoded at all. */
async function openPhoto(bytes: Buffer): Promise<OpenedPhoto | { problem: string }> {
  try {
    return { width: await readWidth(bytes), placeholder: await encodePlaceholder(bytes) }
  } catch (error) {
    return { problem: describeProblem(error) }
  }
}

const describeProblem = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500)
