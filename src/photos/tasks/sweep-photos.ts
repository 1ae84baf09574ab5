import { createLocalReq } from 'payload'
import { z } from 'zod'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../access/permissions.ts'
import { getTransaction } from '../../database/transaction.ts'
import { enqueueJob } from '../../enqueue.ts'
import { getSchedule, type Settings } from '../../env.ts'
import { listOutdatedBanners } from '../store/banners.ts'
import { listUnprepared } from '../store/photo-sizes.ts'
import { MAKE_BANNER } from './make-banner.ts'
import { MAKE_PHOTO_SIZES } from './make-photo-sizes.ts'

/** How many jobs one sweep queues at most, of each kind, and how many in one transaction. */
const MAX_JOBS = 500
const BATCH = 50

/**
 * Queues what changes did not queue themselves: the sizes of photos from before there were any, and
 * banners of cars whose prices were changed in bulk. Idempotent: work that already waits or runs is
 * not queued again.
 */
export const sweepPhotos = (settings: Settings) =>
  defineTask({
    name: 'sweep-photos',
    queue: 'maintenance',
    description: 'Queues photos without sizes, and cars whose banner is out of date.',
    ...getSchedule(settings, 'SCHEDULE_SWEEP_PHOTOS'),
    input: z.object({}),
    expiry: 300,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: async (ctx) => {
      const { db } = getTransaction(await createLocalReq({}, ctx.payload))
      const photos = (await listUnprepared(db, MAX_JOBS)).map((photo) => ({ photo }))
      const cars = (await listOutdatedBanners(ctx)).slice(0, MAX_JOBS).map((car) => ({ car }))
      await enqueueInBatches(ctx, MAKE_PHOTO_SIZES, photos)
      await enqueueInBatches(ctx, MAKE_BANNER, cars)
      return { photos: photos.length, banners: cars.length }
    },
  })

async function enqueueInBatches(
  ctx: TaskContext,
  task: string,
  inputs: readonly object[],
): Promise<void> {
  for (let done = 0; done < inputs.length; done += BATCH) {
    ctx.signal.throwIfAborted()
    await ctx.commit(async (tx) => {
      for (const input of inputs.slice(done, done + BATCH)) await enqueueJob(tx, task, input)
    })
  }
}
