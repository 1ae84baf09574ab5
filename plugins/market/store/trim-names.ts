import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { normalizeName } from '../domain/listing.ts'
import type { TrimName } from '../domain/trim.ts'
import { loadRows, type QueryContext } from './query.ts'

const TRIM_NAME_ROW = z.object({
  id: z.string(),
  make: z.string(),
  model: z
    .string()
    .nullable()
    .transform((model) => model?.trim() || null),
  listedAs: z.string(),
  trim: z.string(),
})

/** A row of the table of trim names. */
type StoredTrimName = TrimName & { id: string }

/** Returns the names under which sellers list trims of a make, in a fixed order. */
export async function loadTrimNames(
  context: QueryContext,
  make: string,
): Promise<StoredTrimName[]> {
  return loadRows(
    context,
    TRIM_NAME_ROW,
    sql`
      select id, make, model, listed_as as "listedAs", trim from market_trim_names
      where lower(regexp_replace(make, '[^[:alnum:]]', '', 'g')) = ${normalizeName(make)}
      order by created_at, id`,
  )
}
