import { cron, timeZone } from './setting-types.ts'

/** The schedule of each task and their time zone; a part of the settings in src/env.ts. */
export const scheduleSettings = {
  SCHEDULE_TIME_ZONE: timeZone.default('America/Los_Angeles'),
  SCHEDULE_JEKYLL_EXPORT: cron.default('55 1 * * *'),
  SCHEDULE_DEALER_CENTER_EXPORT: cron.default('0 2 * * *'),
  SCHEDULE_COMPETITOR_SCRAPE: cron.default('0 2 * * *'),
  SCHEDULE_MARKET_RESEARCH: cron.default('0 0 */3 * *'),
  SCHEDULE_MARKET_DIGEST: cron.default('5,20,35,50 * * * *'),
  SCHEDULE_MARKET_CLEAN_UP: cron.default('0 3 * * 0'),
  SCHEDULE_STORAGE_WATCH: cron.default('0 0 * * *'),
  SCHEDULE_PRUNE_SESSIONS: cron.default('15 * * * *'),
  SCHEDULE_PRUNE_VIN_CACHE: cron.default('30 3 * * *'),
  SCHEDULE_PRUNE_HISTORY: cron.default('40 3 * * *'),
  SCHEDULE_PRUNE_IDEMPOTENCY_KEYS: cron.default('25 * * * *'),
  SCHEDULE_PURGE_ACCOUNTS: cron.default('20 3 * * *'),
  SCHEDULE_PRUNE_MAILS: cron.default('50 3 * * *'),
  SCHEDULE_PRUNE_SCRAPES: cron.default('10 4 * * *'),
  SCHEDULE_REFRESH_STATIONS: cron.default('30 4 * * *'),
  SCHEDULE_PRUNE_SUBMISSIONS: cron.default('35 3 * * *'),
  SCHEDULE_SEAL_AUDIT_LOG: cron.default('* * * * *'),
  SCHEDULE_END_HOLDS: cron.default('5 0 * * *'),
  SCHEDULE_SWEEP_FILES: cron.default('25 * * * *'),
}
