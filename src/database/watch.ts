import { EventEmitter } from 'node:events'
import pg from 'pg'

const HEARTBEAT_INTERVAL_MS = 500
const HEARTBEAT_TIMEOUT_MS = 1_500
const RETRY_MS = 200
/**
 * The timeout of the first connection: a process that is starting loads a lot of code and reads
 * responses late.
 */
const FIRST_TIMEOUT_MS = 15_000

/** A notification on the change channel: the table that a committed transaction changed. */
export const CHANGED_CHANNEL = 'forecourt_changed'

type WatchEvents = {
  up: []
  down: [reason: string]
  changed: [table: string]
}

/**
 * Watches the database on one connection outside the pool: whether it responds, and which tables
 * committed transactions changed. `up` is false from the moment that the connection breaks or a
 * heartbeat times out, until a new connection listens again. `disconnects` counts every broken
 * connection of the process: if it changed during a request, the response may be based on
 * incomplete data.
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
   * Connects once; throws if the database cannot be reached. Afterwards reconnects automatically
   * until `stop()`.
   */
  async start(): Promise<void> {
    await this.#listen(FIRST_TIMEOUT_MS)
  }

  /** Records that a connection of the pool broke. */
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
       * A blocked event loop runs due timers before it reads sockets, so the check repeats after
       * the sockets were read.
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

/**
 * Destroys a client without a protocol-level goodbye, since the server may not be there to receive
 * it.
 */
function destroy(client: pg.Client): void {
  ;(
    client as unknown as { connection: { stream: { destroy(): void } } }
  ).connection.stream.destroy()
}
