import { pgTable, text, timestamp } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * When each schedule of jobs/schedule is due next, and when it ran last. No collection: the
 * settings say what the schedules are, the scheduler keeps this. `cron` and `timeZone` are what
 * `nextRunAt` was reckoned by: a schedule that was changed is reckoned anew.
 */
export const jobSchedules = pgTable('job_schedules', {
  name: text('name').primaryKey(),
  cron: text('cron').notNull(),
  timeZone: text('time_zone').notNull(),
  nextRunAt: timestamp('next_run_at', { withTimezone: true }).notNull(),
  lastRunAt: timestamp('last_run_at', { withTimezone: true }),
})
