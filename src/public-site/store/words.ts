import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

/** How similar a word of a car must be to a word that no car has, as pg_trgm counts it. */
const MIN_SIMILARITY = 0.3

const CORRECTIONS = z.array(z.object({ word: z.string(), closest: z.string().nullable() }))

/** Returns the most similar word of the vocabulary for each of the words that has one. */
export async function findCorrections(
  db: Transaction['db'],
  words: readonly string[],
  vocabulary: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (words.length === 0) return new Map()
  const { rows } = await db.execute(sql`
    select typed.word, (select known.word
        from unnest(${sql.param([...vocabulary])}::text[]) as known(word)
        where similarity(known.word, typed.word) >= ${MIN_SIMILARITY}
        order by similarity(known.word, typed.word) desc, known.word limit 1) as closest
    from unnest(${sql.param([...words])}::text[]) as typed(word)`)
  const found = CORRECTIONS.parse(rows)
  return new Map(found.flatMap(({ word, closest }) => (closest ? [[word, closest]] : [])))
}
