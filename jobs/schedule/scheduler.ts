import type { Payload } from 'payload'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { wrapClient } from '../boss.ts'
import { withTransaction } from '../../src/database/with-transaction.ts'
import { getNextTick } from './next-tick.ts'
import { getService } from '../../src/services.ts'

/** A task with a schedule. */
type ScheduledTask = {
  name: string
  cron: string
  timeZone: string
}

/** Lists the tasks that have a schedule. */
export const listScheduledTasks = (payload: Payload): ScheduledTask[] =>
  [...getService(payload, 'jobs').tasks.values()].flatMap(({ name, schedule }) =>
    schedule ? [{ name, ...schedule }] : [],
  )

/**
 * Saves when each schedule is due next, if that is unknown or was computed for a different
 * schedule.
 */
export async function saveSchedules(payload: Payload, now: Date): Promise<void> {
  const schedules = listScheduledTasks(payload).map((one) => ({
    ...one,
    next: getNextTick(one.cron, one.timeZone, now).toISOString(),
  }))
  await getPostgresAdapter(payload).pool.query(
    `insert into job_schedules as kept (name, cron, time_zone, next_run_at)
     select name, cron, "timeZone", next from jsonb_to_recordset($1) as said (name text, cron text,
       "timeZone" text, next timestamptz)
     on conflict (name) do update set cron = excluded.cron, time_zone = excluded.time_zone,
       next_run_at = excluded.next_run_at
     where (kept.cron, kept.time_zone) is distinct from (excluded.cron, excluded.time_zone)`,
    [JSON.stringify(schedules)],
  )
}

/**
 * Queues the tasks that are due at `now`, in the transaction that saves when they are due next.
 * Several schedulers can run concurrently; each schedule is processed by one of them. Missed ticks
 * result in one run. Returns the names of the queued tasks.
 */
export async function enqueueDueTasks(payload: Payload, now: Date): Promise<string[]> {
  const schedules = new Map(listScheduledTasks(payload).map((one) => [one.name, one]))
  return withTransaction(getPostgresAdapter(payload).pool, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select name from job_schedules where next_run_at <= $1 and name = any($2) order by ' +
        'next_run_at for update skip locked',
      [now, [...schedules.keys()]],
    )
    for (const { name } of rows) {
      const { cron, timeZone } = schedules.get(name) as ScheduledTask
      const next = getNextTick(cron, timeZone, now)
      await client.query(
        'update job_schedules set next_run_at = $2, last_run_at = $3 where name = $1',
        [name, next, now],
      )
      await getService(payload, 'jobs').enqueueOn(wrapClient(client), name, {})
    }
    return rows.map(({ name }) => name)
  })
}

const TICK_MS = 5_000

/**
 * Starts a scheduler that ticks until it is stopped; stopping waits for the current tick. `onError`
 * receives the error of a failed tick, which the next tick makes up for. Each tick queues due tasks
 * before it saves schedules: processes with different settings overwrite each other's schedules,
 * and otherwise no task would ever run.
 */
export function startScheduler(
  payload: Payload,
  onError: (error: Error) => void,
  now = () => new Date(),
): { stop: () => Promise<void> } {
  const tickOnce = async () => {
    await enqueueDueTasks(payload, now())
    await saveSchedules(payload, now())
  }
  let ticking = tickOnce().catch(onError)
  const timer = setInterval(() => {
    ticking = ticking.then(tickOnce).catch(onError)
  }, TICK_MS)
  return {
    stop: () => {
      clearInterval(timer)
      return ticking
    },
  }
}
