import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { PHOTO_PATH } from '../domain/photo-url.ts'
import { getPostgresAdapter } from './transaction.ts'

/**
 * Updates the photo URLs of cars after the public origin of Forecourt changed. Only URLs of our own
 * photos change, which have the name of a stored file; those of other sites do not. Returns the
 * number of changed cars.
 */
export async function updatePhotoUrls(payload: Payload, origin: string): Promise<number> {
  const { drizzle, tables } = getPostgresAdapter(payload)
  const { inventory, media } = tables
  const moved = `^https?://[^/]+${PHOTO_PATH}`
  const here = `${origin}${PHOTO_PATH}`
  const isUploaded = sql`exists (select 1 from ${media} as photo
    where photo.filename = regexp_replace(substring(address from '[^/]+$'), '-[a-z]+\\.webp$',
      '.webp'))`
  const rebased = sql`case when address ~ ${moved} and ${isUploaded}
    then regexp_replace(address, ${moved}, ${here}) else address end`
  const list = sql`select coalesce(jsonb_agg(${rebased} order by place), '[]'::jsonb)
    from jsonb_array_elements_text(car.images) with ordinality as shown(address, place)`
  const result = await drizzle.execute(sql`update ${inventory} as car set
      images = case when jsonb_typeof(car.images) = 'array' then (${list}) else car.images end,
      thumbnail = (select ${rebased} from (select car.thumbnail as address) as small)
    where exists (select 1 from (
        select car.thumbnail as address union all
        select jsonb_array_elements_text(case when jsonb_typeof(car.images) = 'array'
          then car.images else '[]'::jsonb end)
      ) as shown where address ~ ${moved} and not starts_with(address, ${here}) and ${isUploaded})`)
  return result.rowCount ?? 0
}
