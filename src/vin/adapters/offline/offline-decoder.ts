import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { interpretFacts } from '../../domain/interpret-facts.ts'
import { findVehicleKind, type NoResult, type OfflineResult } from '../../domain/source-result.ts'
import type { OfflineSource } from '../../domain/sources.ts'
import { type DecodeAnswer, DECODE_ANSWER, type DecodeRequest } from './messages.ts'

type OfflineOptions = {
  /** The folder for the unpacked database, 85 MB. */
  folder: string
  /** The time after the last request in which the thread waits for another one. */
  idleMs?: number
  /** The time in which the thread must answer. */
  timeoutMs?: number
}

type Pending = { resolve: (result: OfflineResult) => void; timer: NodeJS.Timeout }

/** The program of the thread, which Node reads as it is, also from a bundle. */
const THREAD = path.join(path.dirname(fileURLToPath(import.meta.url)), 'thread.ts')

/** Not imported, because the build of the panel would try to bundle the thread. */
const threads = process.getBuiltinModule('node:worker_threads')

const IDLE_MS = 60_000
const TIMEOUT_MS = 60_000
/** After a failure, no thread is started for this time. */
const COOL_DOWN_MS = 30_000
/** A thread with more waiting VINs would answer too late. */
const MAX_PENDING = 200
const MAX_HEAP_MB = 256

const UNAVAILABLE: NoResult = {
  status: 'unavailable',
  message: 'The vehicle database of this server could not be used. The log says why.',
}
const BUSY: NoResult = {
  status: 'unavailable',
  message: 'Too many VINs are waiting to be decoded. Try again in a moment.',
}
const UNKNOWN: NoResult = {
  status: 'no_data',
  message:
    'The vehicle database of this server does not describe this VIN. It has vehicles for the ' +
    'American market since 1981.',
}

/**
 * Decodes VINs with the vehicle database that is installed with the server, in a thread of its own.
 * The thread starts with the first VIN and ends when none has come for a minute. Never throws.
 */
export class OfflineDecoder implements OfflineSource {
  readonly #options: Required<OfflineOptions>
  readonly #pending = new Map<number, Pending>()
  #thread: Worker | null = null
  #idle: NodeJS.Timeout | null = null
  #failedAt = Number.NEGATIVE_INFINITY
  #lastId = 0

  constructor({ idleMs = IDLE_MS, timeoutMs = TIMEOUT_MS, ...options }: OfflineOptions) {
    this.#options = { ...options, idleMs, timeoutMs }
  }

  /** Whether the thread is running. */
  get isRunning(): boolean {
    return this.#thread !== null
  }

  decode(vin: string, years: readonly number[]): Promise<OfflineResult> {
    const wholeYears = years.filter(Number.isInteger)
    if (wholeYears.length === 0) return Promise.resolve(UNKNOWN)
    if (this.#pending.size >= MAX_PENDING) return Promise.resolve(BUSY)
    const thread = this.#getThread()
    if (!thread) return Promise.resolve(UNAVAILABLE)
    const id = (this.#lastId += 1)
    const request: DecodeRequest = { id, vin, years: wholeYears }
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#fail(thread, new Error(`VIN ${vin} was not decoded in time.`)),
        this.#options.timeoutMs,
      )
      this.#pending.set(id, { resolve, timer })
      this.#stopWaiting()
      thread.postMessage(request)
    })
  }

  /** Ends the thread. A later request starts another one. */
  async close(): Promise<void> {
    const thread = this.#thread
    this.#thread = null
    this.#stopWaiting()
    this.#resolveAll(UNAVAILABLE)
    await thread?.terminate()
  }

  #getThread(): Worker | null {
    if (this.#thread) return this.#thread
    if (performance.now() - this.#failedAt < COOL_DOWN_MS) return null
    const thread = new threads.Worker(THREAD, {
      workerData: { folder: this.#options.folder },
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    })
    thread.unref()
    thread.on('message', (message) => this.#receive(DECODE_ANSWER.parse(message)))
    thread.on('error', (error) => this.#fail(thread, error))
    thread.on('exit', (code) => this.#fail(thread, new Error(`The thread ended with ${code}.`)))
    this.#thread = thread
    return thread
  }

  #receive(answer: DecodeAnswer): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if (pending) clearTimeout(pending.timer)
    if (this.#pending.size === 0) this.#waitForMore()
    pending?.resolve(
      'problem' in answer ? { ...UNAVAILABLE, cause: answer.problem } : interpretAnswer(answer),
    )
  }

  /** Gives up a thread that failed, or that hangs. */
  #fail(thread: Worker, error: unknown): void {
    if (thread !== this.#thread) return
    this.#thread = null
    this.#failedAt = performance.now()
    this.#stopWaiting()
    this.#resolveAll({ ...UNAVAILABLE, cause: error })
    void thread.terminate()
  }

  #resolveAll(result: OfflineResult): void {
    for (const { resolve, timer } of this.#pending.values()) {
      clearTimeout(timer)
      resolve(result)
    }
    this.#pending.clear()
  }

  #waitForMore(): void {
    this.#stopWaiting()
    this.#idle = setTimeout(() => void this.close(), this.#options.idleMs).unref()
  }

  #stopWaiting(): void {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
  }
}

function interpretAnswer({ matches }: Extract<DecodeAnswer, { matches: unknown }>): OfflineResult {
  if (matches.length === 0) return UNKNOWN
  return {
    status: 'decoded',
    matches: matches.map(({ year, raw }) => ({
      year,
      facts: interpretFacts(raw),
      kind: findVehicleKind(raw),
    })),
  }
}
