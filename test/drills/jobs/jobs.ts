import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStage, type Stage, waitUntil, type Worker } from './stage.ts'

type Print = (line: string) => void

const WORKERS = 4
const ROUNDS = 5
const JOBS = 1_000
const AGAIN_WITHIN_MS = 70_000
const STOPS_WITHIN_MS = 15_000
const OUTAGE_MS = 4_000

/**
 * R5, R6, R24: four workers run each of a thousand jobs once, five times over; a job whose worker
 * is killed runs again within 70 s, though its task may take an hour; a worker that was frozen
 * beyond its lease changes nothing when it wakes; one that is told to stop hands its job back; and
 * a PostgreSQL that is restarted in the middle loses and doubles nothing.
 */
export async function jobsDrill(print: Print): Promise<boolean> {
  const stage = await openStage()
  try {
    for (let number = 0; number < WORKERS; number++) await stage.startWorker()
    const held: boolean[] = []
    for (let round = 1; round <= ROUNDS; round++) held.push(await runThousand(stage, print, round))
    held.push(...(await Promise.all([killWorker(stage, print), freezeWorker(stage, print)])))
    held.push(await stopWorker(stage, print))
    held.push(await restartDatabase(stage, print))
    return held.every(Boolean)
  } finally {
    await stage.close()
  }
}

async function queueMany({ queue }: Stage, prefix: string): Promise<void> {
  const numbers = Array.from({ length: JOBS }, (_, number) => number)
  for (let from = 0; from < JOBS; from += 20)
    await Promise.all(
      numbers
        .slice(from, from + 20)
        .map((number) => queue('drill-count', { job: `${prefix}-${number}` })),
    )
}

type Counts = { all: number; distinct: number }

const loadCounts = async (
  { sql }: Stage,
  table: 'drill_runs' | 'drill_effects',
  prefix: string,
): Promise<Counts> => {
  const [row] = await sql<Counts>(
    `select count(*)::int as all, count(distinct job)::int as distinct from ${table}
      where ` + `job like $1 || '-%'`,
    [prefix],
  )
  return row ?? { all: 0, distinct: 0 }
}

async function runThousand(stage: Stage, print: Print, round: number): Promise<boolean> {
  const prefix = `round${round}`
  await queueMany(stage, prefix)
  await waitUntil(
    async () => (await loadCounts(stage, 'drill_runs', prefix)).distinct >= JOBS,
    120_000,
  )
  await sleep(1_000)
  const { all, distinct } = await loadCounts(stage, 'drill_runs', prefix)
  print(
    `round ${round}: ${JOBS} jobs over ${WORKERS} workers: ${distinct} distinct, ` +
      `${all - distinct} twice`,
  )
  return distinct === JOBS && all === JOBS
}

type RunRow = {
  attempt: number
  status: string | null
  worker: string
  error: string | null
  result: { attempt: number } | null
  started: string
}

const loadRuns = ({ sql }: Stage, job: string) =>
  sql<RunRow>(
    'select attempt, status, worker, error, result, extract(epoch from started_at) * 1000 as ' +
      'started from job_history where job_id = $1 order by started_at',
    [job],
  )

/** Queues a job that takes long at its first try, and finds the worker that took it. */
async function startHeldJob(
  stage: Stage,
  name: string,
  seconds: number,
): Promise<{ job: string; worker: Worker }> {
  const job = await stage.queue('drill-hold', { job: name, seconds })
  await waitUntil(async () => (await loadRuns(stage, job)).length === 1, 10_000)
  const [run] = await loadRuns(stage, job)
  const worker = stage.workers.find(({ pid }) => run?.worker.split(':').at(-2) === String(pid))
  if (!worker) throw new Error(`No worker took the job ${name}.`)
  return { job, worker }
}

async function killWorker(stage: Stage, print: Print): Promise<boolean> {
  const { job, worker } = await startHeldJob(stage, 'killed', 3_000)
  await sleep(2_000)
  const at = Date.now()
  worker.process.kill('SIGKILL')
  await waitUntil(
    async () => (await loadRuns(stage, job)).some(({ status }) => status === 'success'),
    AGAIN_WITHIN_MS + 20_000,
  )
  const [first, second, ...more] = await loadRuns(stage, job)
  const after = second ? Number(second.started) - at : Number.POSITIVE_INFINITY
  const honest =
    first?.status === 'failure' &&
    /sent no heartbeat/.test(first.error ?? '') &&
    second?.attempt === 2
  print(
    `kill -9: the job ran again ${Math.round(after / 100) / 10} s after the kill (at most ` +
      `70), as attempt ${second?.attempt}; the first run says: ${first?.error}`,
  )
  await stage.startWorker()
  return honest && second.status === 'success' && more.length === 0 && after <= AGAIN_WITHIN_MS
}

async function freezeWorker(stage: Stage, print: Print): Promise<boolean> {
  await sleep(500) // another job than the killed one's, in another worker's hands or the same's
  const { job, worker } = await startHeldJob(stage, 'frozen', 6)
  worker.process.kill('SIGSTOP')
  await waitUntil(
    async () => (await loadRuns(stage, job)).some(({ status }) => status === 'success'),
    AGAIN_WITHIN_MS + 20_000,
  )
  worker.process.kill('SIGCONT')
  await sleep(12_000)
  const runs = await loadRuns(stage, job)
  const effects = await stage.sql<{ attempt: number }>(
    "select attempt from drill_effects where job = 'frozen'",
  )
  print(
    'SIGSTOP beyond the lease, then SIGCONT: effects of attempts ' +
      `${effects.map(({ attempt }) => attempt).join(', ')}; runs: ` +
      `${runs.map(({ attempt, status, result }) => `${attempt} ${status} ${JSON.stringify(result)}`).join('; ')}`,
  )
  const [first, second] = runs
  return (
    runs.length === 2 &&
    first?.status === 'failure' &&
    first.result === null &&
    second?.result?.attempt === 2 &&
    effects.length === 1 &&
    effects[0]?.attempt === 2 &&
    worker.process.exitCode === null
  )
}

async function stopWorker(stage: Stage, print: Print): Promise<boolean> {
  const { job, worker } = await startHeldJob(stage, 'stopped', 3_000)
  const at = Date.now()
  worker.process.kill('SIGTERM')
  const [code] = (await once(worker.process, 'exit')) as [number | null]
  const duration = Date.now() - at
  await waitUntil(
    async () => (await loadRuns(stage, job)).some(({ status }) => status === 'success'),
    20_000,
  )
  const [first, second] = await loadRuns(stage, job)
  print(
    `SIGTERM in mid-job: exit ${code} after ${duration} ms (at most ${STOPS_WITHIN_MS}); the ` +
      `first run says: ${first?.error}; then ${second?.status} as attempt ${second?.attempt}`,
  )
  await stage.startWorker()
  return (
    code === 0 &&
    duration <= STOPS_WITHIN_MS &&
    /returned to the queue/.test(first?.error ?? '') &&
    second?.status === 'success'
  )
}

async function restartDatabase(stage: Stage, print: Print): Promise<boolean> {
  await queueMany(stage, 'restart')
  await waitUntil(
    async () => (await loadCounts(stage, 'drill_effects', 'restart')).all >= 100,
    20_000,
  )
  const before = (await loadCounts(stage, 'drill_effects', 'restart')).all
  await stage.database.stop()
  await sleep(OUTAGE_MS)
  await stage.database.start()
  const back = await waitUntil(
    async () => (await loadCounts(stage, 'drill_effects', 'restart')).distinct >= JOBS,
    180_000,
  )
  await sleep(2_000)
  const { all, distinct } = await loadCounts(stage, 'drill_effects', 'restart')
  const alive = stage.workers.filter(
    ({ process: { exitCode, signalCode } }) => exitCode === null && signalCode === null,
  ).length
  print(
    `PostgreSQL restarted after ${before} of ${JOBS} jobs: ${distinct} effects, ` +
      `${all - distinct} twice, the last ${back} ms after it was back; ${alive} workers live`,
  )
  return distinct === JOBS && all === JOBS && alive === WORKERS
}
