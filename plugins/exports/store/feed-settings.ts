import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { getTransaction } from '../../../src/database/transaction.ts'
import { FEED_NAMES, type FeedName } from '../domain/feed-names.ts'
import { MAPPING } from '../domain/mapping.ts'
import type { QueryContext } from './feed-cars.ts'

const SETTINGS = z.object({
  feed: z.enum(FEED_NAMES as [FeedName]),
  enabled: z.boolean().nullable(),
  dealerId: z.string().nullable(),
  useBanner: z.boolean().nullable(),
  useHighlight: z.boolean().nullable(),
  mapping: MAPPING.nullable().transform((rules) => rules ?? []),
})

/** What staff set for one feed. */
export type FeedSettings = z.output<typeof SETTINGS>

/** Loads the settings of all feeds. */
export async function loadFeedSettings(
  context: QueryContext,
): Promise<Map<FeedName, FeedSettings>> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select feed, enabled, dealer_id as "dealerId", use_banner as "useBanner",
      use_highlight as "useHighlight", mapping from export_feeds`)
  return new Map(
    z
      .array(SETTINGS)
      .parse(rows)
      .map((settings) => [settings.feed, settings]),
  )
}
