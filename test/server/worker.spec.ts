import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { testEnvironment } from '../support/settings.ts'
import { queueJob, runsOf, until } from '../support/work.ts'

let forecourt: TestForecourt
const children: ChildProcess[] = []

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => forecourt.close())

/** `npm run worker` on the database of the test. */
function startWorker(lanes: readonly string[], environment: Record<string, string> = {}) {
  const { NODE_OPTIONS: _jest, ...around } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/worker.ts', ...lanes], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...around,
      ...testEnvironment,
      NODE_ENV: 'production',
      TZ: 'UTC',
      DATABASE_URL: forecourt.url,
      DATABASE_OWNER_URL: forecourt.ownerUrl,
      METRICS_PORT: '0',
      ...environment,
    },
  })
  children.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  return { child, said: () => said, ended: once(child, 'exit') as Promise<[number | null]> }
}

describe('npm run worker', () => {
  it('works on the lanes that it is told, and ends in good order', async () => {
    const worker = startWorker(['maintenance'])
    const job = await queueJob(forecourt, 'prune-sessions')
    await until(async () => (await runsOf(forecourt, job)).some(({ status }) => status === 'success'), 'the job ran')
    expect((await runsOf(forecourt, job))[0]?.worker).toContain(`:${worker.child.pid}:`)
    expect(worker.said()).toContain('on maintenance. Ctrl-C stops it.')
    worker.child.kill('SIGTERM')
    const [code] = await worker.ended
    expect([code, worker.said()]).toEqual([0, expect.stringContaining('Stopped.')])
  })

  it('refuses a lane that no task runs in, and names those that there are', async () => {
    const worker = startWorker(['nonsense'])
    const [code] = await worker.ended
    expect(code).toBe(1)
    expect(worker.said()).toContain('No task runs in the lane nonsense. The lanes are mail, maintenance.')
  })

  it('runs schedules, too', async () => {
    await forecourt.sql("update job_schedules set next_run_at = now() - interval '1 minute'")
    await forecourt.sql('delete from job_history')
    startWorker([])
    const ran = async () =>
      (await forecourt.sql("select from job_history where job_name = 'prune-mails' and status = 'success'")).rowCount
    await until(async () => (await ran()) === 1, 'the schedule ran')
    const { rows } = await forecourt.sql(
      "select last_run_at is not null as ran, next_run_at > now() as again from job_schedules where name = 'prune-mails'",
    )
    expect(rows).toEqual([{ ran: true, again: true }])
  })
})
