import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenDatabase } from '../database/open.ts'
import type { HttpServer } from './http-server.ts'

/** The longest that a stop may take. */
const STOP_MS = 15_000
/** Deadlines since the start of the stop: for running answers and jobs, then for the other steps, then for the database. */
const WORK_UNTIL_MS = 10_500
const STEPS_UNTIL_MS = 12_500
const DATABASE_UNTIL_MS = 14_500

type Step = () => Promise<void>

type EndableDatabase = Pick<OpenDatabase, 'close' | 'abandon'>

type Running = {
  /** Where requests come in; none in a process that only works. */
  server?: HttpServer
  /** Begun at once, while answers under way end. */
  alongside?: readonly Step[]
  /** After that, one after the other. */
  steps: readonly Step[]
}

/** Stops the process on SIGTERM or SIGINT, from its start on. */
export type Stopping = {
  /** Registers the database that is being opened; it is closed last, even if earlier steps fail or hang. */
  endLast: (opening: Promise<EndableDatabase>) => void
  /** Registers what is stopped before the database, once everything runs. */
  running: (parts: Running) => void
  /** Whether a stop has begun. */
  readonly begun: boolean
}

/**
 * On SIGTERM or SIGINT: accepts no new connection or job, waits for running ones, runs the steps in order, closes the database and exits with
 * 0. A step that exceeds its deadline is named and skipped, and makes the exit code 1; the database is always signaled to stop. A second
 * signal does nothing.
 */
export function stopOnSignal(say: (line: string) => void): Stopping {
  const stop = new Stop(say)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (stop.begun || stop.run(signal)))
  return stop
}

class Stop implements Stopping {
  readonly #say: (line: string) => void
  readonly #failures: string[] = []
  #begunAt = 0
  #opening: Promise<EndableDatabase | undefined> = Promise.resolve(undefined)
  #database: EndableDatabase | undefined
  #parts: Running = { steps: [] }

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  get begun(): boolean {
    return this.#begunAt > 0
  }

  endLast(opening: Promise<EndableDatabase>): void {
    this.#opening = opening.then(
      (database) => (this.#database = database),
      () => undefined,
    )
  }

  running(parts: Running): void {
    this.#parts = parts
  }

  async run(signal: string): Promise<void> {
    this.#begunAt = Date.now()
    this.#say(`\n${signal}: stopping.`)
    setTimeout(() => this.#exit(1), STOP_MS)
    const { server, alongside = [], steps } = this.#parts
    await Promise.all([
      server && this.#within(WORK_UNTIL_MS + 500, 'An answer', () => server.stop(WORK_UNTIL_MS - 2_000)),
      ...alongside.map((step) => this.#within(WORK_UNTIL_MS, 'Work', step)),
    ])
    for (const step of steps) await this.#within(STEPS_UNTIL_MS, 'A step', step)
    await this.#within(DATABASE_UNTIL_MS, 'The database', async () => (await this.#opening)?.close())
    for (const failure of this.#failures) this.#say(`While stopping: ${failure}`)
    this.#say('Stopped.')
    this.#exit(this.#failures.length > 0 ? 1 : 0)
  }

  /** Exits, and signals a database that did not close in time to stop. */
  #exit(code: 0 | 1): never {
    if (code === 1) this.#database?.abandon()
    process.exit(code)
  }

  /** Runs a step; records a failure and continues if it throws or exceeds the deadline `untilMs`, counted from the start of the stop. */
  async #within(untilMs: number, what: string, step: Step): Promise<void> {
    const inTime = new AbortController()
    const remaining = Math.max(this.#begunAt + untilMs - Date.now(), 100)
    const late = sleep(remaining, 'late', { signal: inTime.signal }).catch(() => 'ended')
    try {
      if ((await Promise.race([step(), late])) === 'late') this.#failures.push(`${what} did not end in time.`)
    } catch (error) {
      this.#failures.push(error instanceof Error ? error.message : String(error))
    }
    inTime.abort()
  }
}
