import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'

let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  forecourt = await openForecourt({ JOB_HISTORY_DAYS: '10' })
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
})

/** Runs the task, and answers how many rows it says it removed. */
async function pruned(task: string): Promise<unknown> {
  const job = (await runJob(engine, forecourt, task)).run.jobId
  return (await loadRuns(forecourt, job))[0]?.result?.['removed']
}

const column = async (statement: string) =>
  (await forecourt.sql(statement)).rows.map(({ said: result }) => result as string)

describe('what is kept no longer', () => {
  it('are sessions that have ended, however many', async () => {
    await forecourt.sql(
      "insert into session (sid, sess, expire) select 'old' || n, '{}', now() - interval '1 " +
        "hour' from generate_series(1, 2300) n",
    )
    await forecourt.sql(
      "insert into session (sid, sess, expire) values ('young', '{}', now() + interval '1 hour')",
    )
    expect(await pruned('prune-sessions')).toBe(2300)
    expect(await column('select sid as said from session')).toEqual(['young'])
  })

  it('are answers about VINs that have expired', async () => {
    await forecourt.sql(`insert into vin_evaluation_cache (vin, expires_at) values
      ('1HGCV1F30MA000001', now() - interval '1 hour'), ('1HGCV1F30MA000002', now() + interval
        '1 hour'), ('1HGCV1F30MA000003', null)`)
    expect(await pruned('prune-vin-cache')).toBe(1)
    expect(await column('select vin as said from vin_evaluation_cache order by vin')).toEqual([
      '1HGCV1F30MA000002',
      '1HGCV1F30MA000003',
    ])
  })

  it('are runs that ended longer ago than JOB_HISTORY_DAYS, and none that goes on', async () => {
    await forecourt.sql(`insert into job_history (job_name, started_at, completed_at, lease_ends_at,
      status) values
      ('old', now() - interval '11 days', now() - interval '11 days', now() - interval '11 days',
        'success'),
      ('young', now() - interval '9 days', now() - interval '9 days', now() - interval '9 days',
        'success'),
      ('goes on', now() - interval '11 days', null, now() + interval '1 minute', null),
      ('never closed', now() - interval '11 days', null, null, null)`)
    expect(await pruned('prune-history')).toBe(2)
    const names =
      "select job_name as said from job_history where job_name in ('old', 'young', 'goes on', " +
      "'never closed') order by 1"
    expect(await column(names)).toEqual(['goes on', 'young'])
  })
})
