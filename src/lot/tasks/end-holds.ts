import { z } from 'zod'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../access/permissions.ts'
import { getSchedule, type Settings } from '../../env.ts'
import { listEndedHolds } from '../store/lot-days.ts'
import { getLotDay } from '../time-zone.ts'

/**
 * Makes cars available again when the last day of their hold is over at the dealership. Idempotent:
 * a car that is no longer on hold is left alone. A car that cannot be changed does not block the
 * others; the run fails at the end.
 */
export const endHolds = (settings: Settings) =>
  defineTask({
    name: 'end-holds',
    queue: 'maintenance',
    description: 'Makes cars available whose hold has ended.',
    ...getSchedule(settings, 'SCHEDULE_END_HOLDS'),
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 60, backoff: true },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: async (ctx) => {
      const today = getLotDay(ctx.payload, ctx.now())
      const cars = await listEndedHolds(ctx, today)
      const failures: unknown[] = []
      let ended = 0
      for (const [index, car] of cars.entries()) {
        ctx.signal.throwIfAborted()
        try {
          if (await endHold(ctx, car, today)) ended += 1
        } catch (error) {
          failures.push(error)
        }
        await ctx.progress(index + 1, cars.length)
      }
      const [cause] = failures
      if (cause)
        throw new Error(`${failures.length} of ${cars.length} holds could not be ended.`, { cause })
      return { ended }
    },
  })

/**
 * Makes one car available if its hold has still ended, in one transaction. Returns whether it did.
 * An update of several rows returns its errors instead of throwing them.
 */
const endHold = (ctx: TaskContext, id: string, today: string): Promise<boolean> =>
  ctx.commit(async (tx) => {
    const { docs, errors } = await tx.payload.update({
      collection: 'inventory',
      where: {
        and: [
          { id: { equals: id } },
          { status: { equals: 'hold' } },
          { heldUntilDate: { less_than: today } },
        ],
      },
      data: { status: 'available' },
      depth: 0,
      overrideAccess: true,
      req: tx,
    })
    const [error] = errors
    if (error) throw new Error(`The hold of car ${id} could not be ended: ${error.message}`)
    return docs.length > 0
  })
