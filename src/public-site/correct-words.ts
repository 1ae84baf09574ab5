import type { Transaction } from '../database/transaction.ts'
import type { CarFilters } from './domain/filters.ts'
import { findUnknownWords, type Stock } from './domain/stock.ts'
import { findCorrections } from './store/words.ts'

/** A misspelled word, and the word of a car that was searched instead. */
export type Correction = { word: string; to: string }

/**
 * Replaces the words that no car on show has by the most similar ones that some car has. A word
 * without a similar one stays, and finds nothing. What other filters exclude does not matter.
 */
export async function correctWords(
  db: Transaction['db'],
  { terms, vocabulary }: Stock,
  filters: CarFilters,
): Promise<{ filters: CarFilters; corrected: Correction[] }> {
  if (filters.words === null) return { filters, corrected: [] }
  const unknown = findUnknownWords(terms, filters.words)
  const corrections = await findCorrections(db, unknown, vocabulary)
  const words = filters.words.map((word) => corrections.get(word) ?? word)
  return {
    filters: { ...filters, words },
    corrected: [...corrections].map(([word, to]) => ({ word, to })),
  }
}
