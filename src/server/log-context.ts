import { AsyncLocalStorage } from 'node:async_hooks'

/** The context of a log line: the request or job run that wrote it. */
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
   * The IDs for the current log line: a new object each time, because pino adds the rest of the
   * line to it.
   */
  readonly ids = (): Record<string, unknown> => ({ ...this.#storage.getStore() })
}
