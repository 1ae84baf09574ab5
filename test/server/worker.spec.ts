import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queueJob, loadRuns, waitUntil } from '../support/work.ts'
import { startWorker, type WorkerProcess } from '../support/worker-process.ts'

let forecourt: TestForecourt
const workers: WorkerProcess[] = []

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})
afterAll(() => forecourt.close())

/** `npm run worker` on the database of the test. */
async function work(...lanes: string[]): Promise<WorkerProcess> {
  const { url, ownerUrl } = forecourt
  const worker = await startWorker(lanes, {
    DATABASE_URL: url,
    DATABASE_OWNER_URL: ownerUrl,
    METRICS_PORT: '0',
  })
  workers.push(worker)
  return worker
}

describe('npm run worker', () => {
  it('works on the lanes that it is told, and ends in good order', async () => {
    const worker = await work('maintenance')
    const job = await queueJob(forecourt, 'prune-sessions')
    await waitUntil(
      async () => (await loadRuns(forecourt, job)).some(({ status }) => status === 'success'),
      'the job ran',
    )
    expect(worker.output().stdout).toContain(
      `Working as ${(await loadRuns(forecourt, job))[0]?.worker} on maintenance.`,
    )
    expect(await worker.stop()).toBe(0)
    expect(worker.output().stdout).toContain('Stopped.')
  })

  it('refuses a lane that no task runs in, and names those that there are', async () => {
    await expect(work('nonsense')).rejects.toThrow(
      'No task runs in the queue nonsense. The queues are exports, mail, maintenance, market, ' +
        'photos, scraping.',
    )
  })

  it('runs schedules, too', async () => {
    await forecourt.sql("update job_schedules set next_run_at = now() - interval '1 minute'")
    await forecourt.sql('delete from job_history')
    await work()
    const ran = async () =>
      (
        await forecourt.sql(
          "select from job_history where job_name = 'prune-mails' and status = 'success'",
        )
      ).rowCount
    await waitUntil(async () => (await ran()) === 1, 'the schedule ran')
    const { rows } = await forecourt.sql(
      'select last_run_at is not null as ran, next_run_at > now() as again from job_schedules ' +
        "where name = 'prune-mails'",
    )
    expect(rows).toEqual([{ ran: true, again: true }])
  })
})
