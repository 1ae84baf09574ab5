import { createHash } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { FEED_NAMES, type FeedName } from '../domain/feed-names.ts'
import { loadRows, type QueryContext, writeRows } from './query.ts'

const SECRETS = z.object({
  password: z.string().nullable(),
  privateKey: z.string().nullable(),
  hasPullKey: z.boolean(),
})
const FEED = z.object({ feed: z.enum(FEED_NAMES as [FeedName]) })

/** The stored secrets of a feed, encrypted; and whether its pull address has a key. */
export type StoredSecrets = z.infer<typeof SECRETS>

/** The encrypted secrets to store; a secret that is left out stays, null removes it. */
export type SecretChanges = {
  password?: string | null | undefined
  privateKey?: string | null | undefined
}

const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Loads the stored secrets of a feed. */
export async function loadSecrets(context: QueryContext, feed: FeedName): Promise<StoredSecrets> {
  const [row] = await loadRows(
    context,
    SECRETS,
    sql`
      select password, private_key as "privateKey", pull_key_hash is not null as "hasPullKey"
      from feed_secrets where feed = ${feed}`,
  )
  return row ?? { password: null, privateKey: null, hasPullKey: false }
}

/** Stores encrypted secrets of a feed. */
export async function saveSecrets(
  context: QueryContext,
  feed: FeedName,
  { password, privateKey }: SecretChanges,
): Promise<void> {
  await writeRows(
    context,
    sql`
      insert into feed_secrets as known (feed, password, private_key)
      values (${feed}, ${password ?? null}, ${privateKey ?? null})
      on conflict (feed) do update set updated_at = now(),
        password = case when ${password !== undefined} then excluded.password
          else known.password end,
        private_key = case when ${privateKey !== undefined} then excluded.private_key
          else known.private_key end`,
  )
}

/** Replaces the key of the pull address of a feed; the one before no longer works. */
export async function savePullKey(
  context: QueryContext,
  feed: FeedName,
  key: string,
): Promise<void> {
  await writeRows(
    context,
    sql`
      insert into feed_secrets (feed, pull_key_hash) values (${feed}, ${hashKey(key)})
      on conflict (feed) do update set updated_at = now(), pull_key_hash = excluded.pull_key_hash`,
  )
}

/**
 * Whether a feed has this key. The hash of the key is looked up, so the time that it takes reveals
 * nothing about it.
 */
export async function hasPullKey(
  context: QueryContext,
  feed: FeedName,
  key: string,
): Promise<boolean> {
  const found = await loadRows(
    context,
    FEED,
    sql`select feed from feed_secrets where feed = ${feed} and pull_key_hash = ${hashKey(key)}`,
  )
  return found.length > 0
}
