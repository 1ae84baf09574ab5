import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { isCommitUnknown } from '../../database/commit.ts'
import type { DatabaseWatch } from '../../database/watch.ts'

/** Told of a table that changed; of all of them when the table is null. */
type Invalidate = (table: string | null) => void

/**
 * How often each table changed, as far as this process heard: from the database, for every
 * committed write by anybody, and from its own writes the moment their commit was confirmed, or may
 * have been. What was read while a version moved may be older than the change.
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

  /** Whether changes are heard at all: while they are not, nothing that was read may be kept. */
  get isListening(): boolean {
    return this.#watch.up
  }

  /**
   * Another number after every change of the table, and after every time that changes may have gone
   * unheard.
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
 * Notes what this very process writes through Payload when the commit is confirmed, so that who
 * wrote reads it at once. Hooks can't do it: all of them run before the commit, and a reader in
 * between would bring the old answer back. A commit with an unknown outcome counts as a change; one
 * that was refused changed nothing.
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

/** The table of a collection, as the database names it in what it tells. */
export function toTableName(slug: string): string {
  return slug.replaceAll('-', '_')
}

/** Calls `then` after each call of a method has ended, with its error if it failed. */
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
