import { EventEmitter } from 'node:events'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Payload } from 'payload'
import type { PgBoss } from 'pg-boss'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import type { DatabaseWatch } from '../../src/database/watch.ts'
import { wrapClient, createBoss } from '../boss.ts'
import { LeaseLost, Stopped } from '../outcomes.ts'
import { JOBS_WAIT } from '../queue.ts'
import type { Task } from '../task.ts'
import { claimJobs, findDueTasks, sendHeartbeats } from './claim.ts'
import { createTaskContext } from './context.ts'
import { type LapsedRun, reapRuns } from './reap.ts'
import { runAttempt, type Ending, type Run } from './run.ts'
import { type RunCompletion, completeRun } from './complete-run.ts'
import { getService } from '../../src/services.ts'

/** The outcome of a run, for metrics and logs; `error` if it failed. */
export type EndedRun = {
  run: Run
  ending: Ending['kind']
  error?: unknown
  completion: RunCompletion
  seconds: number
}

type EngineEvents = {
  started: [Run]
  ended: [EndedRun]
  lapsed: [LapsedRun]
  failure: [error: Error, doing: string]
}

export type EngineOptions = {
  payload: Payload
  watch: DatabaseWatch
  /** Maximum number of concurrent runs in this process, over all tasks. */
  concurrency: number
  /** The queues to work on; defaults to all. */
  queues?: readonly string[]
  now?: () => Date
  /** Wraps each run, so that its log lines carry its IDs. */
  wrapRun?: <Value>(run: Run, work: () => Promise<Value>) => Promise<Value>
}

const POLL_MS = 2_000
const HEARTBEAT_MS = 2_000
/**
 * The grace period after an outage, during which no worker could send heartbeats although it was
 * alive.
 */
const REAP_GRACE_MS = 5_000
const STOP_GRACE_MS = 5_000

/**
 * Runs jobs in this process until it is stopped. Any number of engines can share one database; each
 * job runs in one of them.
 */
export class Engine extends EventEmitter<EngineEvents> {
  readonly worker = `${hostname().slice(0, 100)}:${process.pid}:${randomUUID().slice(0, 8)}`
  readonly #options: EngineOptions
  /** The tasks in polling order, next one first. */
  #tasks: readonly Task[]
  readonly #boss: PgBoss
  readonly #runs = new Map<Run, Promise<void>>()
  readonly #timers: NodeJS.Timeout[] = []
  readonly #onJobsWaiting = (table: string) => void (table === JOBS_WAIT && this.#poll())
  readonly #onReconnect = () => {
    this.#reapGraceUntil = Date.now() + REAP_GRACE_MS
    void this.#beat()
  }
  #reapGraceUntil = 0
  #polling: Promise<void> | null = null
  #pollAgain = false
  #stopping = false

  constructor(options: EngineOptions) {
    super()
    this.#options = options
    const { payload, queues } = options
    this.#tasks = [...getService(payload, 'jobs').tasks.values()].filter(
      ({ queue }) => !queues || queues.includes(queue),
    )
    this.#boss = createBoss(wrapClient(this.#pool), {
      supervise: true,
      maintenanceIntervalSeconds: 3_600,
    })
    this.#boss.on('error', (error) => this.emit('failure', error, 'maintaining the queues'))
  }

  get #pool() {
    return getPostgresAdapter(this.#options.payload).pool
  }

  async start(): Promise<void> {
    const { watch } = this.#options
    await this.#boss.start()
    watch.on('changed', this.#onJobsWaiting)
    watch.on('up', this.#onReconnect)
    this.#startTimer(POLL_MS, () => this.#poll())
    this.#startTimer(HEARTBEAT_MS, () => this.#beat())
    void this.#poll()
  }

  /**
   * Stops claiming jobs, waits a few seconds for runs to end, and returns the others to the queue.
   */
  async stop(grace = STOP_GRACE_MS): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    this.#options.watch.off('changed', this.#onJobsWaiting)
    this.#options.watch.off('up', this.#onReconnect)
    await this.#polling
    const all = Promise.all(this.#runs.values())
    await Promise.race([all, sleep(grace, undefined, { ref: false })])
    for (const run of this.#runs.keys())
      run.abort.abort(new Stopped('The worker was stopped and the job was returned to the queue.'))
    await Promise.race([all, sleep(STOP_GRACE_MS, undefined, { ref: false })])
    for (const timer of this.#timers) clearInterval(timer)
    await this.#boss.stop({ graceful: false, close: false })
  }

  #startTimer(milliseconds: number, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => void work(), milliseconds))
  }

  /** Claims due jobs while there is capacity. A call during a poll triggers another poll. */
  async #poll(): Promise<void> {
    this.#pollAgain = true
    this.#polling ??= this.#pollUntilIdle().finally(() => (this.#polling = null))
    return this.#polling
  }

  async #pollUntilIdle(): Promise<void> {
    while (this.#pollAgain && !this.#stopping && this.#options.watch.up) {
      this.#pollAgain = false
      await this.#claimDue().catch((error: Error) =>
        this.emit('failure', error, 'polling for jobs'),
      )
    }
  }

  async #claimDue(): Promise<void> {
    const open = this.#tasks.filter((task) => this.#countFreeSlots(task) > 0)
    if (open.length === 0) return
    const due = new Set(
      await findDueTasks(
        this.#pool,
        open.map(({ name }) => name),
      ),
    )
    for (const task of open.filter(({ name }) => due.has(name))) {
      const room = this.#countFreeSlots(task)
      if (room === 0 || this.#stopping) continue
      for (const run of await claimJobs(this.#pool, this.#boss, task, this.worker, room))
        this.#startRun(run)
      this.#tasks = [...this.#tasks.filter((other) => other !== task), task]
    }
  }

  #countFreeSlots(task: Task): number {
    const same = [...this.#runs.keys()].filter((run) => run.task === task).length
    return Math.max(
      0,
      Math.min(task.concurrency - same, this.#options.concurrency - this.#runs.size),
    )
  }

  #startRun(run: Run): void {
    const { wrapRun = (_run, work) => work() } = this.#options
    const ended = wrapRun(run, () => this.#executeRun(run)).finally(() => {
      this.#runs.delete(run)
      if (!this.#stopping) void this.#poll()
    })
    this.#runs.set(run, ended)
  }

  async #executeRun(run: Run): Promise<void> {
    const began = Date.now()
    this.emit('started', run)
    const context = createTaskContext(
      this.#options.payload,
      run,
      this.#options.now ?? (() => new Date()),
    )
    const ending = await runAttempt(run, context)
    await context.flush().catch((error: Error) => this.emit('failure', error, 'writing progress'))
    const completion = ending.kind === 'lost' ? 'refused' : await this.#completeRun(run, ending)
    const error = 'error' in ending && { error: ending.error }
    this.emit('ended', {
      run,
      ending: ending.kind,
      ...error,
      completion,
      seconds: (Date.now() - began) / 1000,
    })
  }

  /**
   * Retries recording the end of a run until the database accepts it. If that fails, the run is
   * reaped once it sends no more heartbeats.
   */
  async #completeRun(run: Run, ending: Exclude<Ending, { kind: 'lost' }>): Promise<RunCompletion> {
    for (let tries = 0; tries < 200; tries++) {
      try {
        return await completeRun(this.#pool, this.#boss, run, ending)
      } catch (error) {
        this.emit(
          'failure',
          error as Error,
          `recording how run ${run.id} of ${run.task.name} ended`,
        )
        await sleep(300)
      }
    }
    return 'refused'
  }

  /** Sends a heartbeat for each run of this worker before it looks for workers that sent none. */
  async #beat(): Promise<void> {
    if (!this.#options.watch.up) return
    try {
      for (const run of await sendHeartbeats(this.#boss, [...this.#runs.keys()]))
        run.abort.abort(new LeaseLost(`Run ${run.id} no longer belongs to this worker.`))
      if (Date.now() >= this.#reapGraceUntil) await this.#reap()
    } catch (error) {
      this.emit('failure', error as Error, 'sending heartbeats')
    }
  }

  async #reap(): Promise<void> {
    const lapsed = await reapRuns(this.#pool, this.#boss)
    for (const run of lapsed) this.emit('lapsed', run)
    if (lapsed.length > 0) void this.#poll()
  }
}
