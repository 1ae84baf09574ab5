import { AsyncLocalStorage } from 'node:async_hooks'

/** The context of a log line: the request or the job run that it was written in. */
export type LogFields = Readonly<{ requestId?: string; job?: string; run?: string; task?: string }>

/**
 * Tracks the context of running code through every await and callback. Created once per process and
 * passed on.
 */
export class LogContext {
  readonly #storage = new AsyncLocalStorage<LogFields>()

  /** Runs `work`, and everything that it starts, in this context, which replaces an outer one. */
  runWith<Value>(fields: LogFields, work: () => Value): Value {
    return this.#storage.run(fields, work)
  }

  /**
   * The ids for a log line written now: an object of its own, which pino writes the rest of the
   * line into.
   */
  readonly ids = (): Record<string, unknown> => ({ ...this.#storage.getStore() })
}
