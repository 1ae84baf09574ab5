import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { postgresOf } from '../database/transaction.ts'
import { type Actor, actorName } from './actor.ts'
import { type Line, MOST_A_MINUTE, writeActivity, writeAudit } from './lines.ts'
import { rushOf } from './rush.ts'

/** Who tries to sign in and fails: an account that there is, else the address that it was tried from. */
type Attempt = { account: string } | { address: string | null }

/**
 * Lines that stand on their own, whatever becomes of the request: at most 20 an actor and minute. What comes beyond is counted, and
 * `sweepCounts` tells it in one line when the minute is over. Counting and writing are one statement.
 */
export const countedLines = {
  /** A member of staff or a garage admin was refused. */
  denied: (payload: Payload, actor: Actor, line: Line) => {
    const counted = countOne(actorName(actor), line.action)
    const db = onItsOwn(payload)
    return actor.kind === 'staff' ? writeActivity(db, actor.id, line, counted) : writeAudit(db, actor, line, counted)
  },
  /** An admin looked at rows of owners. */
  look: (payload: Payload, actor: Actor, line: Line) =>
    writeAudit(onItsOwn(payload), actor, line, countOne(actorName(actor), line.action)),
  /** Somebody failed to sign in: the one line that strangers can ask for as fast as they like. */
  failedSignIn: async (payload: Payload, attempt: Attempt, line: Line): Promise<void> => {
    const key = 'account' in attempt ? `account:${attempt.account}` : `address:${attempt.address ?? ''}`
    const rush = rushOf(payload)
    if (rush.isOver(key)) return rush.together(key, (many) => countBeyond(payload, key, line.action, many))
    if (!(await writeActivity(onItsOwn(payload), null, line, countOne(key, line.action)))) rush.noteOver(key)
  },
} as const

const onItsOwn = (payload: Payload) => ({ db: postgresOf(payload).drizzle })

const countOne = (actor: string, action: string) => sql`
  with counted as (
    insert into trail_counts as c (actor, minute, seen, beyond) values (${actor}, date_trunc('minute', now()), 1, '{}')
    on conflict (actor, minute) do update set seen = c.seen + 1, beyond = case when c.seen < ${MOST_A_MINUTE} then c.beyond
      else jsonb_set(c.beyond, array[${action}]::text[], to_jsonb(coalesce((c.beyond ->> ${action})::int, 0) + 1)) end
    returning seen)`

async function countBeyond(payload: Payload, actor: string, action: string, many: number): Promise<void> {
  await onItsOwn(payload).db.execute(sql`
    insert into trail_counts as c (actor, minute, seen, beyond)
    values (${actor}, date_trunc('minute', now()), ${many}, jsonb_build_object(${action}::text, ${many}::int))
    on conflict (actor, minute) do update set seen = c.seen + excluded.seen,
      beyond = jsonb_set(c.beyond, array[${action}]::text[], to_jsonb(coalesce((c.beyond ->> ${action})::int, 0) + ${many}::int))`)
}

/**
 * Turns what was counted in minutes that are over into one line an actor, minute and action. One statement, which takes the counts out
 * as it writes: several processes may do it at once, and none is told twice.
 */
export async function sweepCounts(payload: Payload): Promise<void> {
  await postgresOf(payload).drizzle.execute(sql`
    with over as (
      delete from trail_counts where minute < date_trunc('minute', now()) returning actor, minute, beyond),
    told as (
      select actor, key as action, jsonb_build_object('count', value, 'minute', to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')) as change
      from over, jsonb_each(beyond)),
    activity as (
      insert into activity_logs (user_id, action, resource_type, resource_id, changes, ip_address)
      select (select id from users where actor = 'staff:' || id), action, case when action = 'sign_in_failed' then 'users' end,
        case when actor like 'account:%' then substr(actor, 9)::uuid end, change, case when actor like 'address:%' then nullif(substr(actor, 9), '') end
      from told where action = 'sign_in_failed' or (action = 'denied' and actor like 'staff:%'))
    insert into admin_audit_logs (actor_admin_id, action, context)
    select actor, action, change from told where action <> 'sign_in_failed' and not (action = 'denied' and actor like 'staff:%')`)
}

const EVERY_MS = 15_000

/** Sweeps again and again until it is stopped; a sweep under way ends first. A sweep that fails is told in the log and tried again. */
export function keepSweeping(payload: Payload): { stop: () => Promise<void> } {
  let sweep = Promise.resolve()
  const timer = setInterval(() => {
    sweep = sweep
      .then(() => sweepCounts(payload))
      .catch((error: Error) => payload.logger.error({ err: error, msg: 'Counts of the trail wait to be told.' }))
  }, EVERY_MS)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return sweep
    },
  }
}
