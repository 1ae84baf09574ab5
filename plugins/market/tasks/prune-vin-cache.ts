import { definePruneTask } from '../../../jobs/prune.ts'
import type { Schedule } from '../../../src/env.ts'
import { buildVinCacheCleanUp } from '../store/expired-rows.ts'

/** Removes expired VIN evaluations from the cache. */
export const pruneVinCache = (when: { schedule?: Schedule }) =>
  definePruneTask({
    name: 'prune-vin-cache',
    description: 'Removes expired VIN data.',
    ...when,
    statement: buildVinCacheCleanUp,
  })
