import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { isCommitUnknown } from '../commit.ts'

type TransactionId = string | number | null | undefined
type Writes = Record<string, (this: unknown, args: never) => Promise<unknown>>

/** One call of the adapter: what it was given, and the row or rows that it returned. */
export type Write = {
  collection: string
  data: unknown
  result: unknown
  req: Partial<Pick<PayloadRequest, 'user'>>
}

/** What a write changed, as tags, and what to do between its commit and the response. */
export type WriteReport = {
  findTags: (write: Write) => readonly string[]
  report: (tags: readonly string[]) => void | Promise<void>
}

type WriteArgs = Partial<Pick<Write, 'collection' | 'data'>> & {
  req?: Write['req'] & { transactionID?: TransactionId | Promise<TransactionId> }
}

const WRITES = ['create', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany', 'upsert'] as const

/**
 * Reports the tags of this process's own writes as soon as their commit is confirmed. A commit with
 * an unknown outcome counts as one that was stored; a rejected one does not.
 *
 * Payload 3.90.1 has no hook after the commit: all of its hooks run before it
 * (payload/dist/collections/operations/create.js and the others), so a read in between would see,
 * and a cache would keep, the old state.
 *
 * Can be removed when Payload has hooks that run after the commit.
 */
export function reportWrites(
  adapter: PostgresAdapter,
  { findTags, report }: WriteReport,
): PostgresAdapter {
  const database = adapter as unknown as Writes
  const written = new Map<TransactionId, Set<string>>()
  const reportAll = async (id: TransactionId) => {
    const tags = written.get(id)
    written.delete(id)
    if (tags) await report([...tags])
  }
  for (const name of WRITES) {
    wrapMethod<WriteArgs>(database, name, async ({ collection, data, req = {} }, { result }) => {
      const id = await req.transactionID
      if (!collection) return
      const tags = findTags({ collection, data, result, req })
      if (id === undefined || id === null || !(String(id) in adapter.sessions)) await report(tags)
      else written.set(id, new Set([...(written.get(id) ?? []), ...tags]))
    })
  }
  wrapMethod<TransactionId | Promise<TransactionId>>(
    database,
    'commitTransaction',
    async (given, { error }) => {
      const id = await given
      if (error === undefined || isCommitUnknown(error)) await reportAll(id)
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

/** Calls `then` after each call of a method has ended, with its result or the error. */
function wrapMethod<Args>(
  database: Writes,
  name: string,
  then: (args: Args, outcome: { result?: unknown; error?: unknown }) => Promise<void>,
): void {
  const original = database[name]
  if (!original)
    throw new Error(
      `Payload's database adapter has no ${name}(), so caches cannot be told about writes.`,
    )
  database[name] = async function (args) {
    const outcome: { result?: unknown; error?: unknown } = {}
    try {
      return (outcome.result = await original.call(this, args))
    } catch (failure) {
      outcome.error = failure
      throw failure
    } finally {
      await then(args, outcome)
    }
  }
}
