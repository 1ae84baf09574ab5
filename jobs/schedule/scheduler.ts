import type { Payload } from 'payload'
import { postgresOf } from '../../src/database/transaction.ts'
import { overClient } from '../boss.ts'
import { jobsOf } from '../queue.ts'
import { inTransaction } from '../../src/database/in-transaction.ts'
import { nextTick } from './next-tick.ts'

/** A task that runs by itself, and when. */
type Scheduled = { name: string; cron: string; timeZone: string }

/** The tasks of this Forecourt that run by themselves. */
export const scheduledTasks = (payload: Payload): Scheduled[] =>
  [...jobsOf(payload).tasks.values()].flatMap(({ name, schedule }) => (schedule ? [{ name, ...schedule }] : []))

/** Notes when each schedule is due next, where that is not known yet or was reckoned by another schedule. */
export async function keepSchedules(payload: Payload, now: Date): Promise<void> {
  const schedules = scheduledTasks(payload).map((one) => ({ ...one, next: nextTick(one.cron, one.timeZone, now).toISOString() }))
  await postgresOf(payload).pool.query(
    `insert into job_schedules as kept (name, cron, time_zone, next_run_at)
     select name, cron, "timeZone", next from jsonb_to_recordset($1) as said (name text, cron text, "timeZone" text, next timestamptz)
     on conflict (name) do update set cron = excluded.cron, time_zone = excluded.time_zone, next_run_at = excluded.next_run_at
     where (kept.cron, kept.time_zone) is distinct from (excluded.cron, excluded.time_zone)`,
    [JSON.stringify(schedules)],
  )
}

/**
 * Queues what is due at `now`, in the transaction that notes when it is due again. Several schedulers may do it at once: one of them
 * takes each schedule. Ticks that were missed make one run. Answers the names of what was queued.
 */
export async function tick(payload: Payload, now: Date): Promise<string[]> {
  const schedules = new Map(scheduledTasks(payload).map((one) => [one.name, one]))
  return inTransaction(postgresOf(payload).pool, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select name from job_schedules where next_run_at <= $1 and name = any($2) order by next_run_at for update skip locked`,
      [now, [...schedules.keys()]],
    )
    for (const { name } of rows) {
      const { cron, timeZone } = schedules.get(name) as Scheduled
      const next = nextTick(cron, timeZone, now)
      await client.query('update job_schedules set next_run_at = $2, last_run_at = $3 where name = $1', [name, next, now])
      await jobsOf(payload).enqueueOn(overClient(client), name, {})
    }
    return rows.map(({ name }) => name)
  })
}

const EVERY_MS = 5_000

/**
 * Ticks again and again until it is stopped; a tick under way ends first. `trouble` hears of those that fail; the next one makes up for
 * them. What is due runs before schedules are reckoned anew: processes with different settings do so in turns, and neither would ever run.
 */
export function keepTicking(
  payload: Payload,
  trouble: (error: Error) => void,
  now = () => new Date(),
): { stop: () => Promise<void> } {
  const once = async () => {
    await tick(payload, now())
    await keepSchedules(payload, now())
  }
  let ticking = once().catch(trouble)
  const timer = setInterval(() => {
    ticking = ticking.then(once).catch(trouble)
  }, EVERY_MS)
  return {
    stop: () => {
      clearInterval(timer)
      return ticking
    },
  }
}
