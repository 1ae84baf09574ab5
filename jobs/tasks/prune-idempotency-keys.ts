import { sql } from '@payloadcms/db-postgres'
import { scheduleOf, type Settings } from '../../src/env.ts'
import { KEPT_HOURS } from '../../src/idempotency/store.ts'
import { pruning } from '../prune.ts'

/** Removes idempotency keys that were used more than 24 hours ago. */
export const pruneIdempotencyKeys = (settings: Settings) =>
  pruning({
    name: 'prune-idempotency-keys',
    does: 'Removes idempotency keys that are older than 24 hours.',
    ...scheduleOf(settings, 'SCHEDULE_PRUNE_IDEMPOTENCY_KEYS'),
    statement: (now) => sql`delete from idempotency_keys where (actor, key) in (select actor, key from idempotency_keys
      where created_at <= ${now}::timestamptz - ${KEPT_HOURS} * interval '1 hour' limit 1000)`,
  })
