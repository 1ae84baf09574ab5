import { z } from 'zod'
import { buildDocs, type FastListOptions, openFastCollection } from './fast-list.ts'

const DOCUMENTS = z.array(z.looseObject({ id: z.string() }))

/** Documents as a list of the collection shows them to an anonymous caller. */
export type Documents = z.infer<typeof DOCUMENTS>

/**
 * Reads the documents with these IDs for an anonymous caller, in no order, without those that it
 * may not see. Each is what the list of the collection would answer; null if only Payload can read
 * them.
 */
export type FastDocuments = (ids: readonly string[]) => Promise<Documents | null>

/**
 * Creates a reader for documents of a collection by their IDs, with one statement. What anybody may
 * see is planned once. Returns a string with the reason if the collection cannot be read in this
 * way.
 */
export async function createFastDocuments(
  options: FastListOptions,
): Promise<FastDocuments | string> {
  const collection = openFastCollection({ ...options, purpose: 'documents' })
  if (typeof collection === 'string') return collection
  const planned = await collection.planQuery('depth=0&pagination=false')
  if (!planned) return 'Payload changes the documents of its list, or refuses it'
  const { listQuery, columns } = planned
  return async (ids) => {
    if (ids.length === 0) return []
    const where = { and: [listQuery.where, { id: { in: [...ids] } }] }
    const page = { ...listQuery, where, page: 1, limit: ids.length }
    const statements = collection.buildStatements({ listQuery: page, columns })
    const row = statements && (await collection.run(statements.uncounted))
    const docs = row && buildDocs(row, statements.chunks)
    return docs && DOCUMENTS.parse(JSON.parse(`[${docs.join(',')}]`))
  }
}
