import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { CHANNELS } from '../domain/channels.ts'
import type { FeedName } from '../domain/feed-names.ts'
import { loadRows, type QueryContext } from './query.ts'

const TEXT = z
  .string()
  .nullable()
  .transform((value) => value?.trim() || null)
const SETTINGS = z.object({
  id: z.uuid(),
  enabled: z.boolean().nullable(),
  delivery: z.enum(Object.keys(CHANNELS) as [keyof typeof CHANNELS]),
  host: TEXT,
  port: z.number().nullable(),
  userName: TEXT,
  folder: TEXT,
  implicitTls: z.boolean().nullable(),
  hostKey: TEXT,
  certificate: TEXT,
})

/** How a feed is delivered, without secrets. `id` is that of its row. */
export type DeliverySettings = z.infer<typeof SETTINGS>

/** Loads how a feed is delivered. */
export async function loadDeliverySettings(
  context: QueryContext,
  feed: FeedName,
): Promise<DeliverySettings> {
  const [row] = await loadRows(
    context,
    SETTINGS,
    sql`
      select id, enabled, delivery, host, port, user_name as "userName", folder,
        implicit_tls as "implicitTls", host_key as "hostKey", certificate
      from export_feeds where feed = ${feed}`,
  )
  if (row) return row
  throw new Error(`The settings of the feed ${feed} are missing. Run npm run migrate.`)
}
