import { EventEmitter } from 'node:events'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Payload } from 'payload'
import type PgBoss from 'pg-boss'
import { postgresOf } from '../../src/database/transaction.ts'
import type { DatabaseWatch } from '../../src/database/watch.ts'
import { overClient, pgBoss } from '../boss.ts'
import { LeaseLost, Stopped } from '../outcomes.ts'
import { JOBS_WAIT, jobsOf } from '../queue.ts'
import type { Task } from '../task.ts'
import { claim, dueTasks, RENEW_MS, renew } from './claim.ts'
import { contextOf } from './context.ts'
import { type Lapsed, reap } from './reap.ts'
import { carryOut, type Ending, type Run } from './run.ts'
import { type Settled, settle } from './settle.ts'

/** What a run came to, for whoever counts or tells; `error` where it failed. */
export type Ended = { run: Run; ending: Ending['kind']; error?: unknown; settled: Settled; seconds: number }

type EngineEvents = { started: [Run]; ended: [Ended]; lapsed: [Lapsed]; trouble: [error: Error, doing: string] }

export type EngineOptions = {
  payload: Payload
  watch: DatabaseWatch
  /** Runs at once in this process, over all tasks. */
  concurrency: number
  /** The lanes to work on; all of them when it is not said. */
  queues?: readonly string[]
  now?: () => Date
  /** Wraps each run, so that its log lines carry its ids. */
  around?: <Value>(run: Run, work: () => Promise<Value>) => Promise<Value>
}

const POLL_MS = 2_000
const REAP_MS = 5_000
/** After an outage every lease has ended, though the workers live: they are given this long to renew. */
const MERCY_MS = 5_000
const GRACE_MS = 5_000

/** Works on jobs in this process until it is stopped. Any number of engines share one database; each job runs in one of them. */
export class Engine extends EventEmitter<EngineEvents> {
  readonly worker = `${hostname().slice(0, 100)}:${process.pid}:${randomUUID().slice(0, 8)}`
  readonly #options: EngineOptions
  /** Whose turn it is comes first. */
  #tasks: readonly Task[]
  readonly #boss: PgBoss
  readonly #runs = new Map<Run, Promise<void>>()
  readonly #timers: NodeJS.Timeout[] = []
  readonly #wake = (table: string) => void (table === JOBS_WAIT && this.#look())
  readonly #back = () => {
    this.#mercyUntil = Date.now() + MERCY_MS
    void this.#renew()
  }
  #mercyUntil = 0
  #looking: Promise<void> | null = null
  #lookAgain = false
  #stopping = false

  constructor(options: EngineOptions) {
    super()
    this.#options = options
    const { payload, queues } = options
    this.#tasks = [...jobsOf(payload).tasks.values()].filter(({ queue }) => !queues || queues.includes(queue))
    this.#boss = pgBoss(overClient(this.#pool), { supervise: true, maintenanceIntervalSeconds: 60 })
    this.#boss.on('error', (error) => this.emit('trouble', error, 'looking after the queues'))
  }

  get #pool() {
    return postgresOf(this.#options.payload).pool
  }

  async start(): Promise<void> {
    const { watch } = this.#options
    await this.#boss.start()
    watch.on('changed', this.#wake)
    watch.on('up', this.#back)
    this.#every(POLL_MS, () => this.#look())
    this.#every(RENEW_MS, () => this.#renew())
    this.#every(REAP_MS, () => this.#reap())
    void this.#look()
  }

  /** Takes no new job, lets runs end for some seconds, and hands the rest back to whoever works on. */
  async stop(grace = GRACE_MS): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    this.#options.watch.off('changed', this.#wake)
    this.#options.watch.off('up', this.#back)
    await this.#looking
    const all = Promise.all(this.#runs.values())
    await Promise.race([all, sleep(grace, undefined, { ref: false })])
    for (const run of this.#runs.keys()) run.abort.abort(new Stopped('The worker was stopped, and the job handed back.'))
    await Promise.race([all, sleep(GRACE_MS, undefined, { ref: false })])
    for (const timer of this.#timers) clearInterval(timer)
    await this.#boss.stop({ graceful: false, close: false })
  }

  #every(milliseconds: number, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => void work(), milliseconds))
  }

  /** Claims what is due and there is room for; asked while it looks, it looks once more. */
  async #look(): Promise<void> {
    this.#lookAgain = true
    this.#looking ??= this.#lookUntilQuiet().finally(() => (this.#looking = null))
    return this.#looking
  }

  async #lookUntilQuiet(): Promise<void> {
    while (this.#lookAgain && !this.#stopping && this.#options.watch.up) {
      this.#lookAgain = false
      await this.#claimDue().catch((error: Error) => this.emit('trouble', error, 'looking for jobs'))
    }
  }

  async #claimDue(): Promise<void> {
    const open = this.#tasks.filter((task) => this.#room(task) > 0)
    if (open.length === 0) return
    const due = new Set(
      await dueTasks(
        this.#pool,
        open.map(({ name }) => name),
      ),
    )
    for (const task of open.filter(({ name }) => due.has(name))) {
      const room = this.#room(task)
      if (room === 0 || this.#stopping) continue
      for (const run of await claim(this.#pool, this.#boss, task, this.worker, room)) this.#begin(run)
      this.#tasks = [...this.#tasks.filter((other) => other !== task), task]
    }
  }

  #room(task: Task): number {
    const same = [...this.#runs.keys()].filter((run) => run.task === task).length
    return Math.max(0, Math.min(task.concurrency - same, this.#options.concurrency - this.#runs.size))
  }

  #begin(run: Run): void {
    const { around = (_run, work) => work() } = this.#options
    const ended = around(run, () => this.#carryThrough(run)).finally(() => {
      this.#runs.delete(run)
      if (!this.#stopping) void this.#look()
    })
    this.#runs.set(run, ended)
  }

  async #carryThrough(run: Run): Promise<void> {
    const began = Date.now()
    this.emit('started', run)
    const context = contextOf(this.#options.payload, run, this.#options.now ?? (() => new Date()))
    const ending = await carryOut(run, context)
    await context.flush().catch((error: Error) => this.emit('trouble', error, 'writing progress'))
    const settled = ending.kind === 'lost' ? 'refused' : await this.#settle(run, ending)
    const error = 'error' in ending && { error: ending.error }
    this.emit('ended', { run, ending: ending.kind, ...error, settled, seconds: (Date.now() - began) / 1000 })
  }

  /** Says what became of a run until the database hears it. Given up, it is for whoever finds the lease ended. */
  async #settle(run: Run, ending: Exclude<Ending, { kind: 'lost' }>): Promise<Settled> {
    for (let tries = 0; tries < 200; tries++) {
      try {
        return await settle(this.#pool, this.#boss, run, ending)
      } catch (error) {
        this.emit('trouble', error as Error, `saying how the run ${run.id} of ${run.task.name} ended`)
        await sleep(300)
      }
    }
    return 'refused'
  }

  async #renew(): Promise<void> {
    try {
      for (const run of await renew(this.#pool, [...this.#runs.keys()]))
        run.abort.abort(new LeaseLost(`The run ${run.id} is no longer this worker's.`))
    } catch (error) {
      this.emit('trouble', error as Error, 'renewing leases')
    }
  }

  async #reap(): Promise<void> {
    if (!this.#options.watch.up || Date.now() < this.#mercyUntil) return
    try {
      for (const lapsed of await reap(this.#pool, this.#boss)) this.emit('lapsed', lapsed)
      void this.#look()
    } catch (error) {
      this.emit('trouble', error as Error, 'looking for runs whose worker died')
    }
  }
}
