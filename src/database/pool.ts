import { AsyncResource } from 'node:async_hooks'
import pg from 'pg'
import { RequestAnswered } from './commit.ts'
import { releaseWhenBroken } from './payload-patches/broken-clients.ts'
import { releaseFirstClient } from './payload-patches/first-client.ts'
import type { RequestWrites, WriteTracker } from './request-writes.ts'

/** Called for each connection that broke or was refused. */
export type OnDisconnect = (error: Error) => void

/** The size of a pool, and how long an idle connection stays open. */
export type PoolLimits = { max: number; idleSeconds: number }

/** pg-pool's message when no connection became free in time; the database itself is available. */
const POOL_IS_FULL = 'timeout exceeded when trying to connect'

/** The timeouts for getting a connection and for a statement. */
const CONNECT_MS = 3_000
const STATEMENT_MS = 30_000

/**
 * Returns the `pg` module with a pool for Payload's adapter. The name of the class must contain
 * `Pool`, because drizzle uses it to distinguish pools from clients. `tracker` counts the writes of
 * each request.
 */
export function createReportingPg(onDisconnect: OnDisconnect, tracker: WriteTracker) {
  class BoundPool extends ReportingPool {
    constructor(options?: pg.PoolConfig) {
      super(options, { onLoss: onDisconnect, tracker, countsWrites: true })
      releaseFirstClient(this)
    }
  }
  return { ...pg, Pool: BoundPool }
}

type Reporting = {
  onLoss: OnDisconnect
  tracker: WriteTracker
  /** Whether what a request writes on these connections is what the request was sent for. */
  countsWrites: boolean
}

/**
 * A connection pool with the patches for what Payload's adapter and drizzle do not release, that
 *
 * - survives connections that break while idle or in use, and reports them,
 * - counts, for each request, the writes that the database confirmed and those that may have been
 *   stored,
 * - can drop every connection at once, so that nothing waits for a database that stopped
 *   responding,
 * - can open a side pool that does the same, so that no connection of the application is unnoticed
 *   when it breaks.
 */
export class ReportingPool extends pg.Pool {
  readonly #clients: ReadonlySet<pg.Client>
  readonly #sidePools = new Set<ReportingPool>()
  readonly #reporting: Reporting

  constructor(options: pg.PoolConfig | undefined, reporting: Reporting) {
    const clients = new Set<pg.Client>()
    super({ ...options, Client: createTrackedClient(clients) })
    this.#clients = clients
    this.#reporting = reporting
    const { onLoss, tracker, countsWrites } = reporting
    this.on('error', onLoss)
    this.on('connect', (client) => {
      client.on('error', onLoss)
      countStatements(client, tracker, countsWrites)
    })
  }

  /**
   * Opens a pool of `max` connections to the same database, for statements that must not wait for a
   * connection of this pool. What a request writes there is not counted as a write of the request.
   * Whoever opens it ends it.
   */
  openSidePool(max: number): pg.Pool {
    const pool = new ReportingPool(
      { ...this.options, max },
      { ...this.#reporting, countsWrites: false },
    )
    this.#sidePools.add(pool)
    return pool
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | void {
    if (!callback) return this.#connect()
    const writes = this.#reporting.tracker.current()
    /*
     * The pool calls back in the async context of the caller that released the connection, so the
     * context of this caller is restored. A function from `AsyncResource.bind` would do the same,
     * but V8 keeps what it refers to, including the rows, until the next full garbage collection.
     */
    const context = new AsyncResource('Connecting')
    super.connect((error, client, release) => {
      if (error) this.#noteNoConnection(error, writes)
      context.runInAsyncScope(callback, null, error, client, release)
    })
  }

  #noteNoConnection(error: Error, writes: RequestWrites | undefined): void {
    if (writes) writes.broken++
    if (error.message !== POOL_IS_FULL) this.#reporting.onLoss(error)
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return releaseWhenBroken(await super.connect())
    } catch (error) {
      this.#noteNoConnection(error as Error, this.#reporting.tracker.current())
      throw error
    }
  }

  /**
   * Closes the socket of every connection, also of side pools and of those that are still being
   * opened: everything that waits for one fails immediately.
   */
  dropAll(): void {
    for (const pool of this.#sidePools) pool.dropAll()
    for (const client of this.#clients)
      (
        client as unknown as { connection: { stream: { destroy(): void } } }
      ).connection.stream.destroy()
  }
}

/** Creates the class of clients that are in `clients` from their creation until they end. */
const createTrackedClient = (clients: Set<pg.Client>): typeof pg.Client =>
  class extends pg.Client {
    constructor(options?: string | pg.ClientConfig) {
      super(options)
      clients.add(this)
      this.once('end', () => clients.delete(this))
    }
  }

type Query = (...args: unknown[]) => unknown
type Connection = {
  on: (event: 'readyForQuery', listener: (message: { status: string }) => void) => void
}

/**
 * Statements that store something when they succeed outside a transaction; inside one, only
 * `commit` does.
 */
const WRITES = /^\s*(insert|update|delete|merge|with|commit)\b/i

/**
 * Counts, for the request that sends each statement, those that the connection broke under and, if
 * `countsWrites`, the writes. Such a write of a request that already has a response is rejected.
 */
function countStatements(
  client: pg.PoolClient,
  tracker: WriteTracker,
  countsWrites: boolean,
): void {
  let inTransaction = false
  let lost = false
  const { connection } = client as unknown as { connection: Connection }
  connection.on('readyForQuery', ({ status }) => (inTransaction = status !== 'I'))
  client.on('error', () => (lost = true))
  const original = client.query.bind(client) as Query
  const query: Query = (...args) => {
    const writes = tracker.current()
    if (!writes) return original(...args)
    const text = getQueryText(args[0])
    const keeps =
      countsWrites && WRITES.test(text) && (!inTransaction || /^\s*commit\b/i.test(text))
    if (keeps && writes.abandoned) return rejectWrite(args)
    return runCounted(original, args, {
      writes,
      keeps,
      isLost: (error) => lost || endsConnection(error),
    })
  }
  client.query = query as typeof client.query
}

type Counting = {
  writes: RequestWrites
  keeps: boolean
  isLost: (error: unknown) => boolean
}

/** Runs a query, with a callback or a promise, and counts its outcome. */
function runCounted(query: Query, args: unknown[], { writes, keeps, isLost }: Counting): unknown {
  if (keeps) writes.pending++
  const end = (error: unknown, result?: { command?: string }) => {
    const lost = Boolean(error) && isLost(error)
    if (lost) writes.broken++
    if (!keeps) return
    writes.pending--
    if (lost) writes.unknown++
    else if (!error && result?.command !== 'ROLLBACK') writes.confirmed++
  }
  const callback = args.at(-1)
  if (typeof callback === 'function') {
    const then = (error: unknown, result: { command?: string }) => (
      end(error, result),
      callback(error, result)
    )
    return query(...args.slice(0, -1), then)
  }
  const answer = query(...args)
  if (!(answer instanceof Promise)) return answer
  return answer.then(
    (result: { command?: string }) => (end(null, result), result),
    (error: unknown) => {
      end(error)
      throw error
    },
  )
}

function rejectWrite(args: unknown[]): unknown {
  const error = new RequestAnswered(
    'The request was already answered with 503, so no further writes are accepted for it.',
  )
  const callback = args.at(-1)
  if (typeof callback !== 'function') return Promise.reject(error)
  return void process.nextTick(callback, error)
}

function getQueryText(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' &&
    query !== null &&
    'text' in query &&
    typeof query.text === 'string'
    ? query.text
    : ''
}

/**
 * Whether an error of the server ends the connection: the server shuts down, or it ends the
 * session.
 */
const endsConnection = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  (/^(08|57P0)/.test(error.code ?? '') || ['FATAL', 'PANIC'].includes(error.severity ?? ''))

/** The options of such a pool for a database. Every session uses UTC. */
export function buildPoolOptions(
  connectionString: string,
  { max, idleSeconds }: PoolLimits,
): pg.PoolConfig {
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
