import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { MAX_ADDRESSES } from '../build-sitemap.ts'
import { ON_SHOW } from './on-show.ts'

const CAR = z.object({
  id: z.string(),
  slug: z.string().nullable(),
  vin: z.string(),
  stockNumber: z.string().nullable(),
  images: z.unknown(),
  changedAt: z.string(),
})

/** What a sitemap says of a car, and what its address is made from. */
export type SitemapCar = z.infer<typeof CAR>

/** The cars on show for a sitemap, newest first; at most as many as one sitemap may have. */
export async function listSitemapCars(db: Transaction['db']): Promise<SitemapCar[]> {
  const { rows } = await db.execute(sql`
    select id, slug, vin, stock_number as "stockNumber", images,
      to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "changedAt"
    from inventory where ${ON_SHOW}
    order by listed_at desc nulls last, id limit ${MAX_ADDRESSES}`)
  return z.array(CAR).parse(rows)
}
