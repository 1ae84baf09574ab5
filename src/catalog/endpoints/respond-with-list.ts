import type { PayloadRequest } from 'payload'
import { cacheKeys } from '../../cache/keys.ts'
import { getReadCache } from '../../cache/read-cache.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { type Choices, formatChoices } from '../domain/choices.ts'

type ListName = 'years' | 'makes' | 'models' | 'trims' | 'engines' | 'transmissions'

/** The tables that the lists come from, as tags of the cache. */
const SOURCES = ['vehicle_options', 'engines', 'transmissions']

/**
 * Responds with a list of the catalog for these choices, from the cache if possible. An empty list
 * is not cached: anyone may ask for any number of names that the catalog does not have.
 */
export async function respondWithList(
  req: PayloadRequest,
  list: ListName,
  choices: Partial<Choices>,
  load: (db: Transaction['db']) => Promise<readonly unknown[]>,
): Promise<Response> {
  const key = cacheKeys.dropdown(list, formatChoices(choices))
  const loadText = async () => {
    const values = await load(getTransaction(req).db)
    return values.length === 0 ? null : JSON.stringify({ [list]: values })
  }
  const text = await getReadCache(req.payload).read({ key, field: 'list', tags: SOURCES }, loadText)
  return new Response(text ?? JSON.stringify({ [list]: [] }), {
    headers: { 'content-type': 'application/json' },
  })
}
