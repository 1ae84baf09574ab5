import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { getPostgresAdapter } from '../database/transaction.ts'
import { type Actor, formatActor } from './actor.ts'
import { type AuditEntry, MAX_PER_MINUTE, writeActivity, writeAudit } from './entries.ts'
import { getService } from '../services.ts'

/** A failed sign-in: the account if it exists, else the address that the attempt came from. */
type SignInAttempt = { account: string } | { address: string | null }

/**
 * Entries that are written independently of the result of the request: at most 20 per actor and
 * minute. Further ones are counted, and `flushCounts` writes them as one entry when the minute is
 * over. Counting and writing are one statement.
 */
export const aggregatedEntries = {
  /** Records that a staff member or a garage admin was refused. */
  recordDenied: (payload: Payload, actor: Actor, entry: AuditEntry) => {
    const counted = buildCountSql(formatActor(actor), entry.action)
    const db = getOwnConnection(payload)
    return actor.kind === 'staff'
      ? writeActivity(db, actor.id, entry, counted)
      : writeAudit(db, actor, entry, counted)
  },
  /** Records that an admin viewed rows of owners. */
  recordAccess: (payload: Payload, actor: Actor, entry: AuditEntry) =>
    writeAudit(
      getOwnConnection(payload),
      actor,
      entry,
      buildCountSql(formatActor(actor), entry.action),
    ),
  /** Records a failed sign-in, the only entry that strangers can cause as fast as they like. */
  recordFailedSignIn: async (
    payload: Payload,
    attempt: SignInAttempt,
    entry: AuditEntry,
  ): Promise<void> => {
    const key =
      'account' in attempt ? `account:${attempt.account}` : `address:${attempt.address ?? ''}`
    const coalescer = getService(payload, 'writeCoalescer')
    if (coalescer.hasReachedLimit(key))
      return coalescer.coalesce(key, (many) => addToCount(payload, key, entry.action, many))
    if (
      !(await writeActivity(
        getOwnConnection(payload),
        null,
        entry,
        buildCountSql(key, entry.action),
      ))
    )
      coalescer.markLimitReached(key)
  },
} as const

const getOwnConnection = (payload: Payload) => ({ db: getPostgresAdapter(payload).drizzle })

const buildCountSql = (actor: string, action: string) => sql`
  with counted as (
    insert into trail_counts as c (actor, minute, seen, beyond)
      values (${actor}, date_trunc('minute', now()), 1, '{}')
    on conflict (actor, minute) do update set seen = c.seen + 1, beyond = case
      when c.seen < ${MAX_PER_MINUTE} then c.beyond
      else jsonb_set(c.beyond, array[${action}]::text[], to_jsonb(coalesce((c.beyond ->>
        ${action})::int, 0) + 1)) end
    returning seen)`

async function addToCount(
  payload: Payload,
  actor: string,
  action: string,
  many: number,
): Promise<void> {
  await getOwnConnection(payload).db.execute(sql`
    insert into trail_counts as c (actor, minute, seen, beyond)
    values (${actor}, date_trunc('minute', now()), ${many}, jsonb_build_object(${action}::text,
      ${many}::int))
    on conflict (actor, minute) do update set seen = c.seen + excluded.seen,
      beyond = jsonb_set(c.beyond, array[${action}]::text[], to_jsonb(coalesce((c.beyond ->>
        ${action})::int, 0) + ${many}::int))`)
}

/**
 * Turns the counts of past minutes into one entry per actor, minute and action. One statement that
 * deletes the counts as it writes the entries: several processes may run it at once, and nothing is
 * written twice.
 */
export async function flushCounts(payload: Payload): Promise<void> {
  await getPostgresAdapter(payload).drizzle.execute(sql`
    with over as (
      delete from trail_counts where minute < date_trunc('minute', now()) returning actor, minute,
        beyond),
    told as (
      select actor, key as action, jsonb_build_object('count', value, 'minute', to_char(minute at
        time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')) as change
      from over, jsonb_each(beyond)),
    activity as (
      insert into activity_logs (user_id, action, resource_type, resource_id, changes, ip_address)
      select (select id from users where actor = 'staff:' || id), action, case
        when action = 'sign_in_failed' then 'users' end,
        case when actor like 'account:%' then substr(actor, 9)::uuid end, change, case
          when actor like 'address:%' then nullif(substr(actor, 9), '') end
      from told where action = 'sign_in_failed' or (action = 'denied' and actor like 'staff:%'))
    insert into admin_audit_logs (actor_admin_id, action, context)
    select actor, action, change from told where action <> 'sign_in_failed'
      and not (action = 'denied' and actor like 'staff:%')`)
}

const INTERVAL_MS = 15_000

/**
 * Flushes repeatedly until stopped; a running flush ends first. A failed flush is logged and
 * retried.
 */
export function startFlushing(payload: Payload): { stop: () => Promise<void> } {
  let flush = Promise.resolve()
  const timer = setInterval(() => {
    flush = flush
      .then(() => flushCounts(payload))
      .catch((error: Error) =>
        payload.logger.error({
          err: error,
          msg: 'Audit counts could not be flushed. They will be written with the next flush.',
        }),
      )
  }, INTERVAL_MS)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return flush
    },
  }
}
