import { createLocalReq } from 'payload'
import { z } from 'zod'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../access/permissions.ts'
import { getPostgresAdapter, getTransaction } from '../../database/transaction.ts'
import { findUploadName } from '../../domain/photo-url.ts'
import { Gate } from '../../egress/gate.ts'
import { createPacing } from '../../egress/pacing.ts'
import { getSchedule, type Settings } from '../../env.ts'
import { getService } from '../../services.ts'
import { createPhotoProber, type PhotoProber } from '../adapters/photo-prober.ts'
import type { CheckResult } from '../domain/photo-check.ts'
import { deleteUnusedChecks, listPhotosToCheck, saveCheck } from '../store/photo-checks.ts'

/** How many photos one run checks at most: an hour of requests to one site, about. */
const MAX_PHOTOS = 2_000

/** The pause after a request to a site. */
const GAP_MS = 1_000

/**
 * Checks whether the photos of cars that are not sold are still there: those on other sites by a
 * request, ours in the storage. Idempotent: the photos whose check is oldest come first, so a run
 * that was stopped continues where it was.
 */
export const checkPhotos = (settings: Settings) =>
  defineTask({
    name: 'check-photos',
    queue: 'photos',
    description: 'Checks whether the photos of cars are still there.',
    ...getSchedule(settings, 'SCHEDULE_CHECK_PHOTOS'),
    input: z.object({}),
    expiry: 5_400,
    retries: { limit: 2, delay: 300 },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: async (ctx) => {
      const prober = createProber(ctx, settings)
      try {
        return await checkAll(ctx, prober)
      } finally {
        await prober.close()
      }
    },
  })

async function checkAll(ctx: TaskContext, prober: PhotoProber) {
  const { db } = getTransaction(await createLocalReq({}, ctx.payload))
  const urls = await listPhotosToCheck(db, MAX_PHOTOS)
  let failed = 0
  for (const [index, url] of urls.entries()) {
    ctx.signal.throwIfAborted()
    const result = await checkPhoto(ctx, prober, url)
    if (result) {
      await ctx.commit((tx) => saveCheck(getTransaction(tx).db, url, result, ctx.now()))
      if (result.problem !== null) failed++
    }
    await ctx.progress(index + 1, urls.length)
  }
  await ctx.commit((tx) => deleteUnusedChecks(getTransaction(tx).db))
  return { checked: urls.length, failed }
}

async function checkPhoto(
  { payload, signal }: TaskContext,
  prober: PhotoProber,
  url: string,
): Promise<CheckResult | null> {
  const own = findUploadName(url, [payload.config.serverURL])
  if (own === null) return URL.canParse(url) ? prober.check(url, signal) : null
  const file = await getService(payload, 'storages').media.head(own)
  return { status: null, problem: file ? null : 'Its file is missing in the storage.' }
}

function createProber({ payload }: TaskContext, settings: Settings): PhotoProber {
  const gate = new Gate(settings.SCRAPING_ALLOWED_ORIGINS)
  return createPhotoProber({
    gate,
    pacing: createPacing(getPostgresAdapter(payload).pool),
    gapFor: (url) => (gate.isAllowed(url) ? settings.SCRAPING_ALLOWED_GAP_MS : GAP_MS),
  })
}
