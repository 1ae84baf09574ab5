import { sql } from '@payloadcms/db-postgres'
import { getSchedule, type Settings } from '../../src/env.ts'
import { definePruneTask } from '../prune.ts'

/**
 * Removes e-mails that were written more than 30 days ago, except those that still wait to be sent.
 */
export const pruneMails = (settings: Settings) =>
  definePruneTask({
    name: 'prune-mails',
    description: 'Removes e-mails that are older than 30 days.',
    ...getSchedule(settings, 'SCHEDULE_PRUNE_MAILS'),
    statement: (now) => sql`delete from outgoing_mails where id in (select id from outgoing_mails
      where created_at < ${now}::timestamptz - interval '30 days'
        and status <> 'waiting' limit 1000)`,
  })
