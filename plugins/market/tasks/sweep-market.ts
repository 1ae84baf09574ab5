import { z } from 'zod'
import { defineTask } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { enqueue } from '../../../src/enqueue.ts'
import type { MarketSettings } from '../options.ts'
import { dueCars } from '../store.ts'
import { NO_SOURCE } from './analyse-vehicle.ts'

const AT_ONCE = 25

/**
 * Queues the analysis of the available cars that were not analysed for the longest, as many as one run takes on. It may run twice: a car
 * whose analysis waits or runs already is not queued again.
 */
export const sweepMarket = (settings: MarketSettings) =>
  defineTask({
    name: 'sweep-market',
    queue: 'market',
    does: 'Has the cars of the lot compared with the market, the longest not compared first.',
    ...settings.research,
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 60, backoff: true },
    concurrency: 1,
    mayRun: permissions.canManageLot,
    run: async (ctx) => {
      if (!settings.source(ctx.payload, ctx.now().toISOString())) return { queued: 0, why: NO_SOURCE }
      const cars = await dueCars(ctx, settings.sweepCars)
      for (let done = 0; done < cars.length; done += AT_ONCE) {
        ctx.signal.throwIfAborted()
        await ctx.commit(async (tx) => {
          for (const car of cars.slice(done, done + AT_ONCE)) await enqueue(tx, 'analyse-vehicle', { car })
        })
        await ctx.progress(Math.min(cars.length, done + AT_ONCE), cars.length)
      }
      return { queued: cars.length }
    },
  })
