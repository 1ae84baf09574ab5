import { getSchedule, type Schedule, type Settings } from '../../src/env.ts'
import type { FeedName } from './domain/feed-names.ts'

/** The options of the exports room. */
export type ExportOptions = {
  /** Servers off the public internet that feeds may be sent to, each as `host:port`. */
  allowedServers: readonly string[]
  /** The folder of the Jekyll site on this machine; null without one. */
  jekyllFolder: string | null
  /** When each feed is delivered; a feed without a schedule is delivered only on request. */
  schedules: Readonly<Partial<Record<FeedName, Schedule>>>
  /** How often feeds are checked for cars that are no longer for sale. */
  updateSchedule?: Schedule
  /** When old deliveries are removed. */
  pruneSchedule?: Schedule
}

const SETTINGS = {
  jekyll: 'SCHEDULE_JEKYLL_EXPORT',
  'dealer-center': 'SCHEDULE_DEALER_CENTER_EXPORT',
  carsforsale: 'SCHEDULE_CARSFORSALE_EXPORT',
  autotrader: 'SCHEDULE_AUTOTRADER_EXPORT',
  cargurus: 'SCHEDULE_CARGURUS_EXPORT',
  facebook: 'SCHEDULE_FACEBOOK_EXPORT',
  google: 'SCHEDULE_GOOGLE_EXPORT',
} as const satisfies Record<FeedName, keyof Settings>

/** The options of the exports room in the settings. */
export function buildExportOptions(settings: Settings): ExportOptions {
  const schedules = Object.entries(SETTINGS).flatMap(([feed, name]) => {
    const { schedule } = getSchedule(settings, name)
    return schedule ? [[feed, schedule] as const] : []
  })
  const { schedule: updateSchedule } = getSchedule(settings, 'SCHEDULE_UPDATE_FEEDS')
  const { schedule: pruneSchedule } = getSchedule(settings, 'SCHEDULE_PRUNE_DELIVERIES')
  return {
    allowedServers: settings.FEED_ALLOWED_SERVERS,
    jekyllFolder: settings.JEKYLL_FOLDER ?? null,
    schedules: Object.fromEntries(schedules),
    ...(updateSchedule && { updateSchedule }),
    ...(pruneSchedule && { pruneSchedule }),
  }
}
