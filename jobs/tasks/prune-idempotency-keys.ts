import { sql } from '@payloadcms/db-postgres'
import { getSchedule, type Settings } from '../../src/env.ts'
import { TTL_HOURS } from '../../src/api/idempotency/store.ts'
import { definePruneTask } from '../prune.ts'

/** Removes idempotency keys that were used more than 24 hours ago. */
export const pruneIdempotencyKeys = (settings: Settings) =>
  definePruneTask({
    name: 'prune-idempotency-keys',
    description: 'Removes idempotency keys that are older than 24 hours.',
    ...getSchedule(settings, 'SCHEDULE_PRUNE_IDEMPOTENCY_KEYS'),
    statement: (now) => sql`delete from idempotency_keys where (actor, key) in (select actor, key
      from idempotency_keys
      where created_at <= ${now}::timestamptz - ${TTL_HOURS} * interval '1 hour' limit 1000)`,
  })
