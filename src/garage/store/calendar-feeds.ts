import { createHash } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

const CREATED = z.object({ created_at: z.coerce.date() })
const OWNER = z.object({ user_id: z.string() })

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Saves the feed of an owner with a new secret, which revokes the one before. */
export async function saveCalendarFeed(db: Database, userId: string, token: string): Promise<Date> {
  const { rows } = await db.execute(sql`
    insert into calendar_feeds (user_id, token_hash) values (${userId}, ${hashToken(token)})
    on conflict (user_id) do update set token_hash = excluded.token_hash, created_at = now()
    returning created_at`)
  return CREATED.parse(rows[0]).created_at
}

/** When the feed of an owner was created; null if there is none. */
export async function findCalendarFeed(db: Database, userId: string): Promise<Date | null> {
  const { rows } = await db.execute(
    sql`select created_at from calendar_feeds where user_id = ${userId}`,
  )
  return rows[0] ? CREATED.parse(rows[0]).created_at : null
}

/** Deletes the feed of an owner; whether there was one. */
export async function deleteCalendarFeed(db: Database, userId: string): Promise<boolean> {
  const { rowCount } = await db.execute(sql`delete from calendar_feeds where user_id = ${userId}`)
  return rowCount === 1
}

/** The active owner whose feed has this secret; null if there is none. */
export async function findFeedOwner(db: Database, token: string): Promise<string | null> {
  const { rows } = await db.execute(sql`
    select feed.user_id from calendar_feeds feed
      join user_profiles profile on profile.auth0_sub = feed.user_id
    where feed.token_hash = ${hashToken(token)} and profile.deactivated_at is null`)
  return rows[0] ? OWNER.parse(rows[0]).user_id : null
}
