import type { Plugin } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withEndpoints } from '../../src/api/with-endpoints.ts'
import { withTables } from '../../src/database/with-tables.ts'
import { withScreen } from '../../src/fields/room-screen.ts'
import { ExportFeeds } from './collections/export-feeds.ts'
import { ExportLogs } from './collections/export-logs.ts'
import { FeedDeliveries } from './collections/feed-deliveries.ts'
import { FeedOverrides } from './collections/feed-overrides.ts'
import { checkFeedEndpoint } from './endpoints/check-feed.ts'
import { deliverFeed } from './endpoints/deliver-feed.ts'
import { createStatusEndpoint } from './endpoints/delivery-status.ts'
import { downloadFeed } from './endpoints/download-feed.ts'
import { saveCredentials } from './endpoints/feed-credentials.ts'
import { downloadDelivery, rejectDelivery, releaseDelivery } from './endpoints/held-delivery.ts'
import { createPullKey, pullFeed } from './endpoints/pull-feed.ts'
import { createTestEndpoint } from './endpoints/test-connection.ts'
import { extendInventory } from './extend-inventory.ts'
import type { ExportOptions } from './options.ts'
import { exportTables } from './tables.ts'
import { createDailyTasks, createExportTask } from './tasks/export-feed.ts'
import { createPruneTask } from './tasks/prune-deliveries.ts'
import { createUpdateTask } from './tasks/update-feeds.ts'

const admin = '/plugins/exports/admin/'
const doctor = {
  name: 'feeds',
  title: 'Feed doctor',
  view: `${admin}doctor-view.tsx#DoctorView`,
  link: `${admin}doctor-link.tsx#DoctorLink`,
}

/** Exports of the cars for sale to external platforms: the feeds, and how they are delivered. */
export const exportsPlugin =
  (options: ExportOptions): Plugin =>
  (config) => {
    const collections = [
      ...(config.collections ?? []).map((collection) =>
        collection.slug === 'inventory' ? extendInventory(collection) : collection,
      ),
      ExportFeeds,
      FeedOverrides,
      FeedDeliveries,
      ExportLogs,
    ]
    const extended = withEndpoints(
      { ...withScreen(config, doctor), collections },
      [
        checkFeedEndpoint,
        downloadFeed,
        deliverFeed,
        createStatusEndpoint(options),
        saveCredentials,
        createTestEndpoint(options),
        createPullKey,
        pullFeed,
      ],
      { 'feed-deliveries': [releaseDelivery, rejectDelivery, downloadDelivery] },
    )
    const tasks = [
      createExportTask(options),
      ...createDailyTasks(options),
      createUpdateTask(options),
      createPruneTask(options),
    ]
    return withTables(withTasks(extended, tasks), exportTables)
  }
