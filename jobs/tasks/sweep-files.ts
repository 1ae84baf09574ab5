import { z } from 'zod'
import { permissions } from '../../src/access/permissions.ts'
import { getSchedule, type Settings } from '../../src/env.ts'
import { buildOwnerSweep, removeDeletedFiles } from '../../src/documents/sweep-owner-files.ts'
import { removePhotoFiles } from '../../src/photos/remove-photo-files.ts'
import { getService } from '../../src/services.ts'
import { sweepStorage } from '../../src/uploads/sweep-storage.ts'
import { buildUploadSweep } from '../../src/uploads/sweep-uploads.ts'
import { sweepTempFiles } from '../../src/uploads/temp-files.ts'
import { GiveUp } from '../outcomes.ts'
import { defineTask } from '../task.ts'

/**
 * Removes photos of the lot and files of owners that no row references, and what interrupted
 * uploads left behind, one hour after they were written. Idempotent.
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
      const storages = [buildUploadSweep(payload, media), buildOwnerSweep(payload, owners)]
      let removed =
        (await removeDeletedFiles(payload, owners, signal)) +
        (await removePhotoFiles(payload, media, signal))
      const problems: string[] = []
      for (const storage of storages) {
        const swept = await sweepStorage(storage, now(), signal)
        if ('problem' in swept) problems.push(swept.problem)
        else removed += swept.removed
      }
      if (problems.length > 0) throw new GiveUp(problems.join(' '))
      return { removed, received: await sweepTempFiles(settings.DATA_DIR, now()) }
    },
  })
