import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { LotStatus } from '../../../src/domain/lot-status.ts'
import { toJsonText } from '../../../src/database/json-text.ts'
import { FEED_NAMES, type FeedName } from '../domain/feed-names.ts'
import { loadRows, type QueryContext } from './query.ts'

/** A feed, and the statuses of the cars that it lists as for sale. */
export type ListedStatuses = {
  feed: FeedName
  statuses: readonly LotStatus[]
}

/**
 * The feeds whose last delivered file lists a car as for sale that no longer is: it was sold, held
 * or deleted since then. Leaves out feeds that are turned off, that wait for a manager or were
 * rejected by one, and those whose newest delivery failed after `failedSince`.
 */
export async function findOutdatedFeeds(
  context: QueryContext,
  feeds: readonly ListedStatuses[],
  failedSince: Date,
): Promise<FeedName[]> {
  const found = await loadRows(
    context,
    z.object({ feed: z.enum(FEED_NAMES as [FeedName]) }),
    sql`
      select settings.feed
      from export_feeds settings
        join jsonb_to_recordset(${toJsonText(feeds)}::jsonb) as rule(feed text, statuses jsonb)
          on rule.feed = settings.feed
        cross join lateral (
          select state, finished_at from feed_deliveries where feed = settings.feed
          order by created_at desc, id desc limit 1) newest
        cross join lateral (
          select id from feed_deliveries where feed = settings.feed and state = 'delivered'
          order by coalesce(finished_at, created_at) desc, id desc limit 1) delivered
      where settings.enabled and settings.delivery <> 'none'
        and (newest.state in ('delivered', 'superseded', 'sending')
          or newest.state = 'failed'
            and newest.finished_at < ${failedSince.toISOString()}::timestamptz)
        and exists (
          select from feed_delivery_cars listed left join inventory car on car.id = listed.car_id
          where listed.delivery_id = delivered.id and (car.id is null
            or car.status <> listed.status and not rule.statuses ? car.status))
      order by settings.feed`,
  )
  return found.map(({ feed }) => feed)
}
