import { EventEmitter } from 'node:events'
import pg from 'pg'

const HEARTBEAT_INTERVAL_MS = 500
const HEARTBEAT_TIMEOUT_MS = 1_500
const RETRY_MS = 200
/**
 * A process that starts loads a lot in between: it hears an answer late, and the answer is there.
 */
const FIRST_TIMEOUT_MS = 15_000

/** A notification on the change channel: the table that a committed transaction changed. */
export const CHANGED_CHANNEL = 'forecourt_changed'

type WatchEvents = { up: []; down: [reason: string]; changed: [table: string] }

/**
 * One connection beside the pool that knows whether the database answers, and hears which tables
 * committed transactions changed. `up` is false from the moment the connection breaks or a
 * heartbeat stays unanswered, until a new connection listens again. `losses` counts every broken
 * connection of the process: a request that saw it move may have been answered from half a
 * database.
 */
export class DatabaseWatch extends EventEmitter<WatchEvents> {
  readonly #url: string
  #client: pg.Client | null = null
  #timer: NodeJS.Timeout | null = null
  #stopped = false
  #losses = 0

  constructor(url: string) {
    super()
    this.setMaxListeners(0)
    this.#url = url
  }

  get up(): boolean {
    return this.#client !== null
  }

  get disconnects(): number {
    return this.#losses
  }

  /**
   * Connects once; throws when the database can't be reached. From then on it reconnects by itself
   * until stop().
   */
  async start(): Promise<void> {
    await this.#listen(FIRST_TIMEOUT_MS)
  }

  /** Counts a connection of the pool that broke. */
  readonly recordDisconnect = (): void => {
    this.#losses++
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    const client = this.#client
    this.#client = null
    await client?.end()
  }

  async #listen(timeoutMs = HEARTBEAT_TIMEOUT_MS): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: timeoutMs,
      keepAlive: true,
      application_name: 'forecourt-watch',
    })
    client.on('error', (error) => this.#lost(client, error.message))
    client.on('end', () => this.#lost(client, 'the connection ended'))
    client.on('notification', ({ payload }) => payload && this.emit('changed', payload))
    try {
      await client.connect()
      await client.query({
        text: `listen ${CHANGED_CHANNEL}`,
        query_timeout: timeoutMs,
      } as pg.QueryConfig)
    } catch (error) {
      destroy(client)
      throw error
    }
    if (this.#stopped) return client.end()
    this.#client = client
    this.emit('up')
    this.#beat(client)
  }

  #beat(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      let answered = false
      /*
       * A blocked event loop runs due timers before it reads sockets: look again once it has read
       * them.
       */
      const afterTheNetwork = (then: () => void) =>
        setImmediate(() => setImmediate(() => answered || then()))
      const heartbeatTimeout = setTimeout(
        () => afterTheNetwork(() => this.#lost(client, `no answer for ${HEARTBEAT_TIMEOUT_MS} ms`)),
        HEARTBEAT_TIMEOUT_MS,
      )
      client.query('select 1').then(
        () => {
          clearTimeout(heartbeatTimeout)
          answered = true
          if (this.#client === client) this.#beat(client)
        },
        (error: Error) => this.#lost(client, error.message),
      )
    }, HEARTBEAT_INTERVAL_MS)
  }

  #lost(client: pg.Client, reason: string): void {
    if (this.#client !== client) return
    this.#client = null
    this.#losses++
    destroy(client)
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#stopped) return
    this.emit('down', reason)
    this.#retry()
  }

  #retry(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#listen().catch(() => this.#retry())
    }, RETRY_MS)
  }
}

/** Ends a client without a goodbye that nobody may be there to hear. */
function destroy(client: pg.Client): void {
  ;(
    client as unknown as { connection: { stream: { destroy(): void } } }
  ).connection.stream.destroy()
}
