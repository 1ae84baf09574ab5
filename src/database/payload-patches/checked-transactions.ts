import { randomUUID } from 'node:crypto'
import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { type SQL, sql } from '@payloadcms/db-postgres/drizzle'
import { NodePgSession, NodePgTransaction } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import { commitTransaction, CommitFailed, rollbackTransaction } from '../commit.ts'

type Config = NonNullable<PostgresAdapter['transactionOptions']>
type Id = number | string | null | undefined
type Session = {
  db: unknown
  client: pg.PoolClient
  resolve: () => Promise<void>
  reject: () => Promise<void>
}

/** The methods of the adapter that this patch replaces. */
type Transactions = {
  initializing: Promise<void>
  pool: pg.Pool
  sessions: Record<string, Session>
  transactionOptions?: Config
  beginTransaction: (options?: Config) => Promise<string>
  commitTransaction: (id: Id | Promise<Id>) => Promise<void>
  rollbackTransaction: (id: Id | Promise<Id>) => Promise<void>
}

/** The parts of drizzle's database that are needed to create a transaction on another client. */
type Internals = {
  dialect: ConstructorParameters<typeof NodePgTransaction>[0]
  session: {
    schema: ConstructorParameters<typeof NodePgSession>[2]
    options: ConstructorParameters<typeof NodePgSession>[3]
  }
}

/**
 * The maximum number of failed COMMITs whose errors are kept for later calls that name their
 * transactions.
 */
const FAILURES_REMEMBERED = 1_000

/**
 * Makes the adapter report failed COMMITs.
 *
 * Payload 3.90.1 drops the response to COMMIT: it starts `drizzle.transaction(…)` without awaiting
 * it, and discards its error once the transaction has begun
 * (@payloadcms/drizzle/dist/transactions/beginTransaction.js). A write that names an ended
 * transaction runs outside any transaction (utilities/getTransaction.js there).
 *
 * With this patch, the adapter owns the client of each transaction and reads the response:
 * `commitTransaction` returns when the database confirmed it and throws CommitFailed when it did
 * not, including for a transaction that was already rolled back. A write that names an ended
 * transaction is rejected. If the COMMIT failed, the write is rejected with the same error:
 * Payload's sign-in then tries to delete the session whose COMMIT failed, and must not hide the
 * cause.
 *
 * Can be removed when Payload's `commitTransaction` rejects with the error of the COMMIT, and its
 * writes reject a transaction that has ended.
 */
export function checkTransactions(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as Transactions
  const { sessions } = database
  const failures = new LRUCache<string, CommitFailed>({ max: FAILURES_REMEMBERED })
  const ended = (id: Id, what: string): CommitFailed =>
    failures.get(String(id)) ??
    new CommitFailed('refused', new Error(`The transaction ended before ${what}.`))
  database.beginTransaction = async (options = database.transactionOptions) => {
    await database.initializing
    const client = await database.pool.connect()
    const id = randomUUID()
    const session = { db: await beginOnClient(adapter, client, options), client }
    sessions[id] = {
      ...session,
      resolve: () => database.commitTransaction(id),
      reject: () => database.rollbackTransaction(id),
    }
    return id
  }
  const takeSessionClient = (id: Id | Promise<Id>) => removeSession(sessions, id)
  database.commitTransaction = async (id) => {
    const client = await takeSessionClient(id)
    if (!client) throw ended(await id, 'COMMIT')
    try {
      await commitTransaction(client)
      client.release()
    } catch (error) {
      if (error instanceof CommitFailed) failures.set(String(await id), error)
      client.release((await rollbackTransaction(client)) ?? undefined)
      throw error
    }
  }
  database.rollbackTransaction = async (id) => {
    const client = await takeSessionClient(id)
    client?.release((await rollbackTransaction(client)) ?? undefined)
  }
  refuseLateWrites(adapter, ended)
  return adapter
}

/**
 * Removes a transaction from the open ones and returns its client; undefined if it has already
 * ended.
 */
async function removeSession(
  sessions: Transactions['sessions'],
  id: Id | Promise<Id>,
): Promise<pg.PoolClient | undefined> {
  const key = String(await id)
  const client = sessions[key]?.client
  delete sessions[key]
  return client
}

/**
 * Begins a transaction on a client and returns drizzle's view of it. Releases the client if that
 * fails.
 */
async function beginOnClient(
  adapter: PostgresAdapter,
  client: pg.PoolClient,
  config: Config | undefined,
): Promise<unknown> {
  const { dialect, session } = adapter.drizzle as unknown as Internals
  const own = new NodePgSession(client, dialect, session.schema, session.options)
  const transaction = new NodePgTransaction(dialect, own, session.schema)
  try {
    const { getTransactionConfigSQL } = transaction as unknown as {
      getTransactionConfigSQL: (config: Config) => SQL
    }
    await transaction.execute(
      sql`begin${config ? sql` ${getTransactionConfigSQL(config)}` : undefined}`,
    )
    return transaction
  } catch (cause) {
    client.release(cause as Error)
    throw new Error(`A transaction could not be started: ${(cause as Error).message}`, { cause })
  }
}

const WRITES = ['create', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'upsert'] as const
type Write = (
  this: unknown,
  args: { req?: { transactionID?: Id | Promise<Id> } },
) => Promise<unknown>

function refuseLateWrites(
  adapter: PostgresAdapter,
  ended: (id: Id, what: string) => CommitFailed,
): void {
  const database = adapter as unknown as Record<(typeof WRITES)[number], Write>
  for (const name of WRITES) {
    const original = database[name]
    database[name] = async function (args) {
      const id = await args.req?.transactionID
      if (id !== undefined && id !== null && !(String(id) in adapter.sessions))
        throw ended(id, `${name}()`)
      return original.call(this, args)
    }
  }
}
