import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenDatabase } from '../database/open.ts'
import type { HttpServer } from './http-server.ts'

/** The maximum duration of a stop. */
const STOP_MS = 15_000
/**
 * Deadlines since the beginning of the stop: for a start that has not finished, then for running
 * responses and jobs, then for the other steps, then for the database.
 */
const START_UNTIL_MS = 11_500
const WORK_UNTIL_MS = 10_500
const STEPS_UNTIL_MS = 12_500
const DATABASE_UNTIL_MS = 14_500

type Step = () => Promise<void>

type EndableDatabase = Pick<OpenDatabase, 'close' | 'abandon'>

type Running = {
  /** The server that accepts requests; none in a process that only runs jobs. */
  server?: HttpServer
  /** Steps that begin immediately, while running responses end. */
  alongside?: readonly Step[]
}

/** Stops the process on SIGTERM or SIGINT, from its start on. */
export type Shutdown = {
  /**
   * Registers the database that is being opened; it is closed last, even if earlier steps fail or
   * hang.
   */
  closeLast: (opening: Promise<EndableDatabase>) => void
  /**
   * Registers the start itself: a stop waits for it, so that everything that it opens is closed.
   * The start checks `hasBegun`.
   */
  trackStart: (start: Promise<void>) => void
  /**
   * Registers how to close what the start has just opened. These are closed in reverse order,
   * before the database.
   */
  registerClose: (close: Step) => void
  /** Registers the parts that accept work, once everything runs. */
  registerWork: (parts: Running) => void
  /** Closes everything after a start that failed, in the same order. */
  undoStart: () => Promise<void>
  /** Whether a stop has begun. */
  hasBegun: () => boolean
}

/**
 * On SIGTERM or SIGINT: accepts no new connection or job, waits for running ones, closes what was
 * opened and then the database, and exits with 0. A step that exceeds its deadline is named and
 * skipped, and makes the exit code 1; the database is always signaled to stop. A second signal does
 * nothing.
 */
export function stopOnSignal(print: (line: string) => void): Shutdown {
  const stop = new ShutdownController(print)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void (stop.hasBegun() || stop.run(signal)))
  return stop
}

class ShutdownController implements Shutdown {
  readonly #print: (line: string) => void
  readonly #failures: string[] = []
  #begun = false
  /** The time that the deadlines are counted from. */
  #countedFrom = 0
  #opening: Promise<EndableDatabase | undefined> = Promise.resolve(undefined)
  #database: EndableDatabase | undefined
  #starting: Promise<void> = Promise.resolve()
  #closing: Promise<void> | undefined
  readonly #opened: Step[] = []
  #parts: Running = {}

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  hasBegun(): boolean {
    return this.#begun
  }

  closeLast(opening: Promise<EndableDatabase>): void {
    this.#opening = opening.then(
      (database) => (this.#database = database),
      () => undefined,
    )
  }

  trackStart(start: Promise<void>): void {
    this.#starting = start.catch(() => undefined)
  }

  registerClose(close: Step): void {
    this.#opened.push(close)
  }

  registerWork(parts: Running): void {
    this.#parts = parts
  }

  async undoStart(): Promise<void> {
    this.#countedFrom = Date.now()
    await this.#close()
    if (this.#failures.length > 0) this.#database?.abandon()
  }

  async run(signal: string): Promise<void> {
    this.#begun = true
    this.#countedFrom = Date.now()
    this.#print(`\n${signal}: stopping.`)
    setTimeout(() => this.#exit(1), STOP_MS)
    await this.#within(START_UNTIL_MS, 'Startup', () => this.#starting)
    const { server, alongside = [] } = this.#parts
    await Promise.all([
      server &&
        this.#within(WORK_UNTIL_MS + 500, 'A response', () => server.stop(WORK_UNTIL_MS - 2_000)),
      ...alongside.map((step) => this.#within(WORK_UNTIL_MS, 'Background work', step)),
    ])
    await this.#close()
    for (const failure of this.#failures) this.#print(`While stopping: ${failure}`)
    this.#print('Stopped.')
    this.#exit(this.#failures.length > 0 ? 1 : 0)
  }

  #close(): Promise<void> {
    return (this.#closing ??= this.#closeInOrder())
  }

  async #closeInOrder(): Promise<void> {
    for (const close of this.#opened.toReversed())
      await this.#within(STEPS_UNTIL_MS, 'A step', close)
    await this.#within(DATABASE_UNTIL_MS, 'The database', async () =>
      (await this.#opening)?.close(),
    )
  }

  /** Exits, and signals a database that did not close in time to stop. */
  #exit(code: 0 | 1): never {
    if (code === 1) this.#database?.abandon()
    process.exit(code)
  }

  /**
   * Runs a step; records a failure and continues if it throws or exceeds the deadline `untilMs`,
   * counted from the start of the stop.
   */
  async #within(untilMs: number, what: string, step: Step): Promise<void> {
    const inTime = new AbortController()
    const remaining = Math.max(this.#countedFrom + untilMs - Date.now(), 100)
    const late = sleep(remaining, 'late', { signal: inTime.signal }).catch(() => 'ended')
    try {
      if ((await Promise.race([step(), late])) === 'late')
        this.#failures.push(`${what} did not finish in time.`)
    } catch (error) {
      this.#failures.push(error instanceof Error ? error.message : String(error))
    }
    inTime.abort()
  }
}
