import { sql } from '@payloadcms/db-postgres'
import { scheduleOf, type Settings } from '../../src/env.ts'
import { pruning } from '../prune.ts'

/** Removes sessions that have ended. */
export const pruneSessions = (settings: Settings) =>
  pruning({
    name: 'prune-sessions',
    does: 'Removes sessions that have ended.',
    ...scheduleOf(settings, 'SCHEDULE_PRUNE_SESSIONS'),
    statement: (now) => sql`delete from session where sid in (select sid from session where expire < ${now} limit 1000)`,
  })
