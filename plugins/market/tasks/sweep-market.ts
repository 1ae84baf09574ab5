import { z } from 'zod'
import { defineTask } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { enqueueJob } from '../../../src/enqueue.ts'
import type { MarketSettings } from '../options.ts'
import { loadDueCars } from '../store/cars.ts'
import { NO_SOURCE } from './analyze-vehicle.ts'

const BATCH_SIZE = 25

/**
 * Queues the analysis of the available cars with the oldest analyses, up to the limit per run.
 * Idempotent: a car whose analysis already waits or runs is not queued again.
 */
export const sweepMarket = (settings: MarketSettings) =>
  defineTask({
    name: 'sweep-market',
    queue: 'market',
    description: 'Queues market analyses of the available cars, least recently analyzed first.',
    ...settings.research,
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 60, backoff: true },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: async (ctx) => {
      if (!settings.getSource(ctx.payload, ctx.now().toISOString()))
        return { queued: 0, why: NO_SOURCE }
      const cars = await loadDueCars(ctx, settings.sweepCars)
      for (let done = 0; done < cars.length; done += BATCH_SIZE) {
        ctx.signal.throwIfAborted()
        await ctx.commit(async (tx) => {
          for (const car of cars.slice(done, done + BATCH_SIZE))
            await enqueueJob(tx, 'analyse-vehicle', { car })
        })
        await ctx.progress(Math.min(cars.length, done + BATCH_SIZE), cars.length)
      }
      return { queued: cars.length }
    },
  })
