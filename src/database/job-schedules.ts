import { pgTable, text, timestamp } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * When each schedule of jobs/schedule is due next, and when it last ran. Not a collection:
 * schedules are configured in the settings, and the scheduler writes this table. `nextRunAt` was
 * computed from `cron` and `timeZone`; if a schedule changes, it is computed again.
 */
export const jobSchedules = pgTable('job_schedules', {
  name: text('name').primaryKey(),
  cron: text('cron').notNull(),
  timeZone: text('time_zone').notNull(),
  nextRunAt: timestamp('next_run_at', { withTimezone: true }).notNull(),
  lastRunAt: timestamp('last_run_at', { withTimezone: true }),
})
