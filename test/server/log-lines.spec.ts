import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Endpoint, Plugin } from 'payload'
import { RetryLater } from '../../jobs/outcomes.ts'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { startWork, type Work } from '../../src/server/work.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { scrapeMetrics } from '../support/scrape.ts'
import { aTask, queueJob, buildRoom, runJob, loadRuns, waitUntil } from '../support/work.ts'
import { startWorker } from '../support/worker-process.ts'

type Line = Record<string, unknown> & { msg?: string }

/** What Payload's own logger wrote, byte for byte. */
let written = ''
const lines = (): Line[] =>
  written
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)

/** The product's logger with the product's options, writing here instead of to stdout. */
const writingHere: Plugin = (config) => {
  if (typeof config.logger !== 'object' || !('options' in config.logger))
    throw new Error('The logger has no options.')
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString()
      done()
    },
  })
  return { ...config, logger: { options: config.logger.options, destination } }
}

const FORGED = 'broken\n{"level":60,"msg":"forged"}\r\n\u2028'

const endpoints: Endpoint[] = [
  { path: '/room/fails', method: 'get', handler: () => Promise.reject(new Error(FORGED)) },
  {
    path: '/room/talks',
    method: 'get',
    handler: async (req) => {
      const { payload, searchParams } = req
      for (const turn of [1, 2, 3]) {
        await payload.find({ collection: 'inventory', limit: 1, req, overrideAccess: true })
        payload.logger.warn({
          said: searchParams.get('said'),
          turn,
          msg: 'In the middle of a request.',
        })
      }
      return Response.json({})
    },
  },
]

const talkingRoom: Plugin = (config) => ({
  ...config,
  endpoints: [...(config.endpoints ?? []), ...endpoints],
})

const tasks = [
  aTask('talks', async ({ payload, progress }, { name }) => {
    await progress(1)
    payload.logger.warn({ name, msg: 'In the middle of a run.' })
  }),
  aTask('breaks', () => Promise.reject(new Error('broken', { cause: new Error('no wheel') })), {
    retries: { limit: 0, delay: 0 },
  }),
  aTask('waits', () => Promise.reject(new RetryLater('busy', { delay: 600 }))),
]

let forecourt: TestForecourt
let work: Work

beforeAll(async () => {
  forecourt = await openForecourt({ LOG_LEVEL: 'info' }, [
    writingHere,
    talkingRoom,
    buildRoom(...tasks),
  ])
  work = await startWork(forecourt, forecourt.settings, { queues: ['test'] })
})

afterAll(async () => {
  await work.stop()
  await forecourt.close()
})

describe('a log line', () => {
  it('of a request that failed carries the id that its answer has', async () => {
    const answer = await forecourt.anonymous.get('/api/room/fails')
    expect(answer.status).toBe(500)
    const id = String(answer.headers['x-request-id'])
    const own = lines().filter(({ requestId }) => requestId === id)
    expect(own).toMatchObject([{ level: 50, err: { message: FORGED } }])
  })

  it('is one line whatever its values say: nobody writes a second one', async () => {
    await forecourt.anonymous.get('/api/room/talks').query({ said: FORGED })
    expect(lines().some(({ said: result }) => result === FORGED)).toBe(true)
    expect(lines().filter(({ msg }) => msg === 'forged')).toEqual([])
    expect(
      lines().every(({ time, level }) => typeof time === 'number' && typeof level === 'number'),
    ).toBe(true)
  })

  it('carries the id of its own request where many are answered at once', async () => {
    const ids: string[] = Array.from({ length: 20 }, () => randomUUID())
    await Promise.all(
      ids.map((id) =>
        forecourt.anonymous.get('/api/room/talks').query({ said: id }).set('x-request-id', id),
      ),
    )
    const own = lines().filter(({ said: reported }) => ids.includes(String(reported)))
    expect(own).toHaveLength(3 * ids.length)
    expect(own.filter(({ said: output, requestId }) => output !== requestId)).toEqual([])
  })

  it('of a run carries its job, its run and its task, and so does the one that tells its end', async () => {
    const jobs = new Map<string, string>()
    for (const name of ['a', 'b', 'c']) {
      const job = (await runJob(work.engine, forecourt, 'talks', { name })).run.jobId
      jobs.set(name, job)
    }
    for (const [name, job] of jobs) {
      const [run] = await loadRuns(forecourt, job)
      const about = { job, run: run?.id, task: 'talks' }
      expect(lines().filter((line) => line['name'] === name)).toMatchObject([
        { ...about, msg: 'In the middle of a run.' },
      ])
      expect(
        lines()
          .filter((line) => line['job'] === job)
          .at(-1),
      ).toMatchObject({ ...about, msg: 'Job completed.', attempt: 1 })
    }
  })

  it(
    'of a run that failed tells the error with its stack and what it came from: the history has ' +
      'the words alone',
    async () => {
      const job = (await runJob(work.engine, forecourt, 'breaks')).run.jobId
      const received = lines().filter((line) => line['job'] === job)
      const at = expect.stringContaining('log-lines.spec.ts')
      expect(received).toMatchObject([
        {
          msg: 'Job failed permanently.',
          err: { message: 'broken', stack: at, cause: { message: 'no wheel', stack: at } },
        },
      ])
    },
  )

  it('of a run that comes back later tells why, and no stack', async () => {
    const job = (await runJob(work.engine, forecourt, 'waits')).run.jobId
    const [line = {}] = lines().filter(({ job: of, msg }) => of === job && msg === 'Run failed.')
    expect([line['reason'], line['err']]).toEqual(['busy', undefined])
  })

  it('of a run whose worker died names the worker, and whether the job was given up', async () => {
    const job = randomUUID()
    await forecourt.sql(
      `insert into job_history (job_name, job_id, attempt, worker, started_at, lease_ends_at,
        commits)
       values ('talks', $1, 2, 'elsewhere', now() - interval '1 hour', now() - interval
         '1 minute', 0)`,
      [job],
    )
    const own = () => lines().filter((line) => line['job'] === job)
    await waitUntil(() => own().length > 0, 'the lapsed run is told')
    const [run] = await loadRuns(forecourt, job)
    const [{ level, time, pid, hostname, name, msg, ...fields } = {}] = own()
    expect([level, msg]).toEqual([40, 'Run lapsed: its worker stopped responding.'])
    expect([time, pid, hostname, name].includes(undefined)).toBe(false)
    expect(fields).toEqual({
      job,
      run: run?.id,
      task: 'talks',
      attempt: 2,
      worker: 'elsewhere',
      dead: true,
    })
  })

  it('of neither carries no id', () => {
    forecourt.payload.logger.warn('Automatically.')
    const [line = {}] = lines().filter(({ msg }) => msg === 'Automatically.')
    expect(Object.keys(line)).toEqual(['level', 'time', 'pid', 'hostname', 'name', 'msg'])
  })
})

describe('a worker in a process of its own', () => {
  it('writes JSON to stdout with the ids of its jobs, and tells its metrics', async () => {
    const port = await findFreePort()
    const database = { DATABASE_URL: forecourt.url, DATABASE_OWNER_URL: forecourt.ownerUrl }
    const worker = await startWorker(['maintenance'], {
      ...database,
      LOG_LEVEL: 'info',
      METRICS_PORT: String(port),
    })
    await forecourt.ownerSql('alter table session rename to session_away')
    const job = await queueJob(forecourt, 'prune-sessions')
    const seen = () =>
      worker
        .output()
        .stdout.split('\n')
        .slice(0, -1)
        .filter((line) => line.startsWith('{'))
    const own = () =>
      seen()
        .map((line) => JSON.parse(line) as Line)
        .filter((line) => line['job'] === job)
    await waitUntil(() => own().length > 0, 'the failure is told')
    const [run] = await loadRuns(forecourt, job)
    expect(own()[0]).toMatchObject({
      level: 40,
      job,
      run: run?.id,
      task: 'prune-sessions',
      msg: 'Run failed.',
    })
    expect(
      (await scrapeMetrics(port)).get('job_runs_total{task="prune-sessions",outcome="failed"}'),
    ).toBe(1)
    expect(await worker.stop()).toBe(0)
    expect(worker.output().stderr).toBe('')
  })
})
