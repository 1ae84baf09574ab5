import { AsyncLocalStorage } from 'node:async_hooks'

/** What a log line is about: the request that it was written in, or the run of a job. */
export type LogFields = Readonly<{ requestId?: string; job?: string; run?: string; task?: string }>

/**
 * Knows what the code that asks is working for, through every await and callback. Made once a
 * process and handed down.
 */
export class LogContext {
  readonly #storage = new AsyncLocalStorage<LogFields>()

  /**
   * Does `work`, and says of everything that it goes on to do what that is about. Nothing of an
   * outer context stays.
   */
  runWith<Value>(fields: LogFields, work: () => Value): Value {
    return this.#storage.run(fields, work)
  }

  /**
   * The ids for a log line written now: an object of its own, which pino writes the rest of the
   * line into.
   */
  readonly ids = (): Record<string, unknown> => ({ ...this.#storage.getStore() })
}
