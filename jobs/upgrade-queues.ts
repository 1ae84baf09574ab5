import type pg from 'pg'
import type { JobInsert, PgBoss } from 'pg-boss'
import { commitTransaction } from '../src/database/commit.ts'
import { createBoss, RETENTION, SCHEMA, wrapClient } from './boss.ts'

/** The schema version of pg-boss 10.4.2, which pg-boss 12 refuses to migrate. */
const OLD_VERSION = 24

/** Where the tables of pg-boss 10 are until their jobs are moved. */
const OLD_SCHEMA = 'pgboss_10'

/** Returns whether an upgrade was interrupted before the jobs of pg-boss 10 were moved. */
export async function hasOldQueues(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    'select to_regnamespace($1) is not null as found',
    [OLD_SCHEMA],
  )
  return rows[0]?.found ?? false
}

/**
 * Renames the schema of pg-boss 10, so that pg-boss 12 can create its own tables. Does nothing if
 * there are none, or if they have another version.
 */
export async function setOldQueuesAside(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ installed: boolean }>(
    `select to_regclass('${SCHEMA}.version') is not null as installed`,
  )
  if (!rows[0]?.installed) return
  const { rowCount } = await client.query(
    `select from ${SCHEMA}.version where version = ${OLD_VERSION}`,
  )
  if (rowCount) await client.query(`alter schema ${SCHEMA} rename to ${OLD_SCHEMA}`)
}

/** A job in the tables of pg-boss 10. */
type OldJob = {
  id: string
  name: string
  data: object
  state: 'created' | 'retry' | 'active' | 'failed'
  priority: number
  tries_left: number
  retry_delay: number
  retry_backoff: boolean
  start_after: Date
  singleton_key: string | null
  expire_seconds: number
}

/**
 * The jobs that are not completed. A running job was interrupted, so its try does not count. A
 * failed job has no tries left.
 */
const OLD_JOBS = `
  select id, name, data, state::text, priority, retry_delay, retry_backoff, singleton_key,
    case state when 'active' then now() else start_after end as start_after,
    extract(epoch from expire_in)::int as expire_seconds,
    case state when 'failed' then 0 when 'retry' then greatest(retry_limit - retry_count - 1, 0)
      else greatest(retry_limit - retry_count, 0) end as tries_left
  from ${OLD_SCHEMA}.job where state in ('created', 'retry', 'active', 'failed')
  order by created_on, id`

/**
 * Queues the waiting, running and failed jobs of pg-boss 10 again and drops its tables, in one
 * transaction. Every job keeps its ID, key, priority, due time and remaining tries. Does nothing if
 * there are no such tables. After an error, the client must be closed, which rolls it back.
 */
export async function moveOldJobs(client: pg.ClientBase): Promise<void> {
  if (!(await hasOldQueues(client))) return
  const { rows } = await client.query<OldJob>(OLD_JOBS)
  const names = [...new Set(rows.map(({ name }) => name))]
  const boss = createBoss(wrapClient(client))
  for (const name of names) await boss.createQueue(name) // commits
  await client.query('begin')
  for (const name of names)
    await queueOldJobs(
      boss,
      name,
      rows.filter((job) => job.name === name),
    )
  await client.query(CLOSE_RUNS)
  await client.query(`drop schema ${OLD_SCHEMA} cascade`)
  await commitTransaction(client)
}

/** Closes the runs that the upgrade interrupted. */
const CLOSE_RUNS = `
  update job_history set status = 'failure', dead = false, completed_at = clock_timestamp(),
    duration_ms = extract(epoch from clock_timestamp() - started_at) * 1000,
    next_attempt_at = clock_timestamp(),
    error = 'Stopped: Forecourt was upgraded and the job was returned to the queue.'
  where completed_at is null and lease_ends_at is not null`

async function queueOldJobs(boss: PgBoss, name: string, jobs: readonly OldJob[]): Promise<void> {
  await boss.insert(name, jobs.map(toJobInsert))
  const failed = jobs.filter(({ state }) => state === 'failed').map(({ id }) => id)
  if (failed.length > 0) await boss.fail(name, failed)
}

const toJobInsert = (job: OldJob): JobInsert => ({
  ...RETENTION,
  id: job.id,
  data: job.data,
  priority: job.priority,
  retryLimit: job.tries_left,
  retryDelay: job.retry_delay,
  retryBackoff: job.retry_backoff,
  startAfter: job.start_after,
  expireInSeconds: job.expire_seconds,
  ...(job.singleton_key !== null && { singletonKey: job.singleton_key }),
})
