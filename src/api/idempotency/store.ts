import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { toJsonText } from '../../database/json-text.ts'
import { getTransaction } from '../../database/transaction.ts'
import { STORED_ANSWER, type StoredAnswer } from './stored-answer.ts'

/**
 * The fingerprints of one request: with the current secret, which is the one that is stored, and
 * with each previous secret.
 */
export type Fingerprints = readonly [current: string, ...previous: string[]]

/**
 * A request with a key: its caller (`staff:<id>`, `owner:<subject>` or `address:<block>`), the key,
 * and the fingerprints of its content.
 */
export type KeyedRequest = {
  actor: string
  key: string
  fingerprints: Fingerprints
}

/** The stored response to the request of a key. */
export type StoredRequest = { fingerprint: string; answer: StoredAnswer }

/** How long a key is stored. */
export const TTL_HOURS = 24

/**
 * Locks the key for the open transaction of `req`, until that ends; returns false while another
 * transaction holds it. Does not wait. The lock ends with the connection, so a process that dies
 * leaves none.
 */
export async function lockKey(req: PayloadRequest, { actor, key }: KeyedRequest): Promise<boolean> {
  const { rows } = await getTransaction(req).db.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${actor} ${key}`}, 7305311)) as
      locked`,
  )
  return rows[0]?.['locked'] === true
}

/** The stored response to the request of a key; null if it had none in the last 24 hours. */
export async function findStoredRequest(
  req: PayloadRequest,
  { actor, key }: KeyedRequest,
): Promise<StoredRequest | null> {
  const { rows } = await getTransaction(req).db.execute(sql`
    select fingerprint, answer from idempotency_keys
    where actor = ${actor} and key = ${key} and created_at > now() - ${TTL_HOURS} * interval
      '1 hour'`)
  const [row] = rows
  return row
    ? { fingerprint: String(row['fingerprint']), answer: STORED_ANSWER.parse(row['answer']) }
    : null
}

/** Stores a response in the open transaction of `req`, and replaces an expired one. */
export async function saveStoredRequest(
  req: PayloadRequest,
  { actor, key, fingerprints }: KeyedRequest,
  answer: StoredAnswer,
): Promise<void> {
  await getTransaction(req).db.execute(sql`
    insert into idempotency_keys (actor, key, fingerprint, answer)
      values (${actor}, ${key}, ${fingerprints[0]}, ${toJsonText(answer)}::jsonb)
    on conflict (actor, key) do update set fingerprint = excluded.fingerprint, answer =
      excluded.answer, created_at = now()`)
}
