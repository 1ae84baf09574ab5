import { sql } from '@payloadcms/db-postgres'
import { getSchedule, type Settings } from '../../src/env.ts'
import { definePruneTask } from '../prune.ts'

/** Removes expired sessions. */
export const pruneSessions = (settings: Settings) =>
  definePruneTask({
    name: 'prune-sessions',
    description: 'Removes expired sessions.',
    ...getSchedule(settings, 'SCHEDULE_PRUNE_SESSIONS'),
    statement: (now) =>
      sql`delete from session where sid in (select sid from session
        where expire < ${now} limit 1000)`,
  })
