import { formatCount } from '../../src/domain/format-count.ts'
import { sql } from '@payloadcms/db-postgres'
import { getSchedule, type Settings } from '../../src/env.ts'
import { definePruneTask } from '../prune.ts'

/** Removes runs that ended longer ago than the retention period. Never removes an active run. */
export const pruneHistory = (settings: Settings) =>
  definePruneTask({
    name: 'prune-history',
    description:
      'Removes runs that ended more than ' +
      `${formatCount(settings.JOB_HISTORY_DAYS, 'day')} ago.`,
    ...getSchedule(settings, 'SCHEDULE_PRUNE_HISTORY'),
    statement: (now) => sql`delete from job_history where id in (select id from job_history
      where coalesce(completed_at, started_at) < ${now}::timestamptz - make_interval(days =>
        ${settings.JOB_HISTORY_DAYS})
        and (completed_at is not null or lease_ends_at is null) limit 1000)`,
  })
