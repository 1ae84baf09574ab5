import { sql } from '@payloadcms/db-postgres'
import { definePruneTask } from '../../../jobs/prune.ts'
import type { Schedule } from '../../../src/env.ts'

/** Removes expired VIN evaluations from the cache. */
export const pruneVinCache = (when: { schedule?: Schedule }) =>
  definePruneTask({
    name: 'prune-vin-cache',
    description: 'Removes expired VIN data.',
    ...when,
    statement: (now) => sql`delete from vin_evaluation_cache where id in (
      select id from vin_evaluation_cache where expires_at < ${now} limit 1000)`,
  })
