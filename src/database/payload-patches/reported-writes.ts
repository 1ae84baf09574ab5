import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { isCommitUnknown } from '../commit.ts'

type TransactionId = string | number | null | undefined
type Write = {
  collection?: string
  req?: { transactionID?: TransactionId | Promise<TransactionId> }
}
type Writes = Record<string, (this: unknown, args: never) => Promise<unknown>>

const WRITES = ['create', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'upsert'] as const

/**
 * Calls `report` with the collection of each of this process's own writes as soon as its commit is
 * confirmed. A commit with an unknown outcome counts as one that was stored; a rejected one does
 * not.
 *
 * Payload 3.90.1 has no hook after the commit: all of its hooks run before it
 * (payload/dist/collections/operations/create.js and the others), so a read in between would see,
 * and a cache would keep, the old state.
 *
 * Can be removed when Payload has hooks that run after the commit.
 */
export function reportWrites(
  adapter: PostgresAdapter,
  report: (collection: string) => void,
): PostgresAdapter {
  const database = adapter as unknown as Writes
  const written = new Map<TransactionId, Set<string>>()
  const recordAll = (id: TransactionId) => {
    for (const collection of written.get(id) ?? []) report(collection)
    written.delete(id)
  }
  for (const name of WRITES) {
    wrapMethod<Write>(database, name, async ({ collection, req }) => {
      const id = await req?.transactionID
      if (!collection) return
      if (id === undefined || id === null || !(String(id) in adapter.sessions)) report(collection)
      else written.set(id, (written.get(id) ?? new Set()).add(collection))
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
  return adapter
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
      `Payload's database adapter has no ${name}(), so public responses cannot track writes.`,
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
