import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { getSchedule, type Settings } from '../../src/env.ts'
import { getService } from '../../src/services.ts'
import { sweepUploads } from '../../src/uploads/sweep-uploads.ts'
import { getSweepLimit, sweepTempFiles } from '../../src/uploads/temp-files.ts'
import { GiveUp } from '../outcomes.ts'
import { defineTask } from '../task.ts'

/**
 * Removes uploaded files that no row references, and what interrupted uploads left behind, one hour
 * after they were written. Idempotent.
 */
export const sweepFiles = (settings: Settings) =>
  defineTask({
    name: 'sweep-files',
    description: 'Removes uploaded files that no row references.',
    ...getSchedule(settings, 'SCHEDULE_SWEEP_FILES'),
    queue: 'maintenance',
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 30, backoff: true },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async ({ payload, now, signal }) => {
      const { media, owners } = getService(payload, 'storages')
      const swept = await sweepUploads(payload, media, now(), signal)
      if ('problem' in swept) throw new GiveUp(swept.problem)
      const removed = swept.removed + (await owners.removeLeftovers(getSweepLimit(now())))
      return { removed, received: await sweepTempFiles(settings.DATA_DIR, now()) }
    },
  })
