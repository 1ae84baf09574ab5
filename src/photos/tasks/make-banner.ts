import { createHash } from 'node:crypto'
import { z } from 'zod'
import { GiveUp } from '../../../jobs/outcomes.ts'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { getTransaction } from '../../database/transaction.ts'
import { amountToCents, formatMoney } from '../../domain/money.ts'
import { getService } from '../../services.ts'
import { getCurrency } from '../../settings/lot-currency.ts'
import { drawBanner } from '../adapters/draw-banner.ts'
import { buildBannerKey } from '../domain/banner-files.ts'
import { readPhoto } from '../read-photo.ts'
import { type BannerFacts, isCurrent, loadCarBanners, saveBanner } from '../store/banners.ts'

/** The name of the task, for those who queue it. */
export const MAKE_BANNER = 'make-banner'

/** How often a car may change while its banner is drawn before the sweep has to draw it. */
const MAX_TURNS = 3

/**
 * Draws the banner of one car, or removes the one that a car no longer needs. Idempotent: a banner
 * that shows the price, the photo and the highlight of now is left alone.
 */
export const makeBanner = () =>
  defineTask({
    name: MAKE_BANNER,
    queue: 'photos',
    description: 'Draws the price and the highlight of one car on its first photo.',
    input: z.object({ car: z.uuid() }),
    expiry: 120,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    singletonKey: ({ car }) => car,
    run: async (ctx, { car }) => {
      let drawn = 0
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        ctx.signal.throwIfAborted()
        const [banner] = await loadCarBanners(ctx, [car])
        if (!banner || isCurrent(banner)) break
        const { wanted } = banner
        const storageKey = wanted && (await storeBanner(ctx, car, wanted))
        const saved = wanted && storageKey ? { facts: wanted, storageKey, now: ctx.now() } : null
        await ctx.commit((tx) => saveBanner(getTransaction(tx).db, car, saved))
        drawn += saved ? 1 : 0
      }
      return { drawn }
    },
  })

async function storeBanner(ctx: TaskContext, car: string, facts: BannerFacts): Promise<string> {
  const photo = await readPhoto(ctx, facts.photo)
  if (!photo) throw new GiveUp(`The photo ${facts.photo} is missing in the storage.`)
  const cents = amountToCents(facts.price)
  const price = formatMoney({ cents, currency: getCurrency(ctx.payload.config) })
  const bytes = await drawBanner({ photo, price, highlight: facts.highlight })
  const storageKey = buildBannerKey(car, hashDrawing(bytes, ctx.now()))
  await getService(ctx.payload, 'storages').media.put(storageKey, bytes)
  return storageKey
}

/**
 * Every drawing has a key of its own, also of a price that comes back: the bytes of its earlier
 * banner may be removed at any moment.
 */
const hashDrawing = (bytes: Buffer, now: Date): string =>
  createHash('sha256').update(bytes).update(now.toISOString()).digest('hex')
