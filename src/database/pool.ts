import pg from 'pg'

/** Told of each connection that the database broke off, and of each one it did not take. */
export type OnLoss = (error: Error) => void

/** What one process lets its pool do. */
export type PoolLimits = { max: number; idleSeconds: number }

/** How long a request may wait for a connection, and a statement for its end, before it is given up. */
const CONNECT_MS = 3_000
const STATEMENT_MS = 30_000

/**
 * The `pg` module with a pool for Payload's adapter. The class name must contain `Pool`: drizzle tells pools from clients by it.
 */
export function reportingPg(onLoss: OnLoss) {
  class BoundPool extends ReportingPool {
    constructor(options?: pg.PoolConfig) {
      super(options, onLoss)
    }
  }
  return { ...pg, Pool: BoundPool }
}

/**
 * A pool that
 * - gives back the client which Payload's adapter takes at start and never returns (it would be one connection less for ever),
 * - survives connections that break while idle or in use, and reports them,
 * - can drop every connection at once, so that nothing waits for a database that went silent.
 */
class ReportingPool extends pg.Pool {
  #first = true
  readonly #clients = new Set<pg.PoolClient>()
  readonly #onLoss: OnLoss

  constructor(options: pg.PoolConfig | undefined, onLoss: OnLoss) {
    super(options)
    this.#onLoss = onLoss
    this.on('error', onLoss)
    this.on('connect', (client) => {
      this.#clients.add(client)
      client.on('error', onLoss)
      client.once('end', () => this.#clients.delete(client))
    })
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | void {
    if (!callback) return this.#connect()
    super.connect((error, client, release) => {
      if (error) this.#onLoss(error)
      callback(error, client, release)
    })
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = releasedWhenBroken(await super.connect())
      if (this.#first) queueMicrotask(() => client.release())
      this.#first = false
      return client
    } catch (error) {
      this.#onLoss(error as Error)
      throw error
    }
  }

  /** Breaks every connection off at the socket: whatever waits on one fails now. */
  dropAll(): void {
    for (const client of this.#clients)
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  }
}

/**
 * Gives a client back by itself when its connection breaks: drizzle never does when the very first statement of a transaction fails,
 * and the pool would wait for it for ever. Giving it back twice does nothing.
 */
function releasedWhenBroken(client: pg.PoolClient): pg.PoolClient {
  const release = client.release.bind(client)
  let given = false
  const giveBack = (error?: Error | boolean) => {
    if (given) return
    given = true
    client.off('end', broken)
    release(error)
  }
  const broken = () => giveBack(new Error('the connection broke'))
  client.once('end', broken)
  client.release = giveBack
  return client
}

/** The options of such a pool for a database. Every session speaks UTC. */
export function poolOptions(connectionString: string, { max, idleSeconds }: PoolLimits): pg.PoolConfig {
  return {
    connectionString,
    max,
    idleTimeoutMillis: idleSeconds * 1000,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    application_name: 'forecourt',
    keepAlive: true,
    options: '-c timezone=UTC',
  }
}
