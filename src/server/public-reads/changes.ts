import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { isCommitUnknown } from '../../database/commit.ts'
import type { DatabaseWatch } from '../../database/watch.ts'

/** Called with the table that changed; with null if any table may have changed. */
type Invalidate = (table: string | null) => void

/**
 * Counts the changes of each table that this process knows about. The database reports every
 * committed write of any process; the process's own writes count as soon as their commit is
 * confirmed, or may have succeeded. If a version changed during a read, the result may be outdated.
 */
export class ChangeTracker {
  readonly #versions = new Map<string, number>()
  readonly #watch: DatabaseWatch
  readonly #forget: Invalidate
  #breaks = 0

  constructor(watch: DatabaseWatch, invalidate: Invalidate) {
    this.#watch = watch
    this.#forget = invalidate
    watch.on('changed', (table) => this.recordChange(table))
    watch.on('down', () => this.#miss())
    watch.on('up', () => this.#miss())
  }

  /** Whether the database reports changes; if not, no result may be cached. */
  get isListening(): boolean {
    return this.#watch.up
  }

  /**
   * A number that increases with every change of the table, and whenever changes may have been
   * missed.
   */
  version(table: string): number {
    return this.#breaks + (this.#versions.get(table) ?? 0)
  }

  recordChange(table: string): void {
    this.#versions.set(table, (this.#versions.get(table) ?? 0) + 1)
    this.#forget(table)
  }

  #miss(): void {
    this.#breaks++
    this.#forget(null)
  }
}

type TransactionId = string | number | null | undefined
type Write = {
  collection?: string
  req?: { transactionID?: TransactionId | Promise<TransactionId> }
}
type Writes = Record<string, (this: unknown, args: never) => Promise<unknown>>

const WRITES = ['create', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'upsert'] as const

/**
 * Records this process's own writes through Payload as soon as their commit is confirmed, so that a
 * client that has just written reads the new state. Hooks cannot do this: all of them run before
 * the commit, and a read in between would cache the old state. A commit with an unknown outcome
 * counts as a change; a rejected one does not.
 */
export function trackOwnWrites(adapter: PostgresAdapter, changes: ChangeTracker): void {
  const database = adapter as unknown as Writes
  const written = new Map<TransactionId, Set<string>>()
  const recordAll = (id: TransactionId) => {
    for (const table of written.get(id) ?? []) changes.recordChange(table)
    written.delete(id)
  }
  for (const name of WRITES) {
    wrapMethod<Write>(database, name, async ({ collection, req }) => {
      const id = await req?.transactionID
      if (!collection) return
      const table = toTableName(collection)
      if (id === undefined || id === null || !(String(id) in adapter.sessions))
        changes.recordChange(table)
      else written.set(id, (written.get(id) ?? new Set()).add(table))
    })
  }
  wrapMethod<TransactionId | Promise<TransactionId>>(
    database,
    'commitTransaction',
    async (given, error) => {
      const id = await given
      if (error === undefined || isCommitUnknown(error)) recordAll(id)
      else written.delete(id)
    },
  )
  wrapMethod<TransactionId | Promise<TransactionId>>(
    database,
    'rollbackTransaction',
    async (id) => void written.delete(await id),
  )
}

/** The table name of a collection, as it appears in the database's notifications. */
export function toTableName(slug: string): string {
  return slug.replaceAll('-', '_')
}

/** Calls `then` after each call of a method has ended, with the error if the call failed. */
function wrapMethod<Args>(
  database: Writes,
  name: string,
  then: (args: Args, error?: unknown) => Promise<void>,
): void {
  const original = database[name]
  if (!original)
    throw new Error(
      `Payload's database adapter has no ${name}(), so public responses cannot follow its writes.`,
    )
  database[name] = async function (args) {
    let error: unknown
    try {
      return await original.call(this, args)
    } catch (failure) {
      error = failure
      throw failure
    } finally {
      await then(args, error)
    }
  }
}
