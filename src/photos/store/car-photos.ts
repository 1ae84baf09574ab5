import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { SIZE_FORMATS } from '../domain/photo-sizes.ts'

type Database = Transaction['db']

const CARS = z.array(
  z.object({
    id: z.string(),
    title: z.string().nullable(),
    images: z.array(z.string()).nullable().catch(null),
  }),
)

/** A car with the addresses of its photos, in order; null for a column that is not such a list. */
export type CarImages = z.infer<typeof CARS>[number]

/** Loads the photos of cars: of available ones, or for staff of all. */
export async function loadCarImages(
  db: Database,
  ids: readonly string[],
  { all }: { all: boolean },
): Promise<CarImages[]> {
  const { rows } = await db.execute(sql`
    select id, title, images from inventory
    where id = any(${sql.param([...ids])}::uuid[]) and (${all} or status = 'available')`)
  return CARS.parse(rows)
}

const SIZE = z.object({
  width: z.number(),
  height: z.number(),
  format: z.enum(SIZE_FORMATS),
  storageKey: z.string(),
})
const PHOTOS = z.array(
  z.object({
    filename: z.string(),
    alt: z.string().nullable(),
    width: z.coerce.number().nullable(),
    height: z.coerce.number().nullable(),
    placeholder: z.string().nullable(),
    sizes: z.array(SIZE),
  }),
)

/** An uploaded photo with its sizes; none before the job has made them. */
export type PhotoFacts = z.infer<typeof PHOTOS>[number]

/** Loads uploaded photos with their sizes, by their files. */
export async function loadPhotoFacts(
  db: Database,
  filenames: readonly string[],
): Promise<Map<string, PhotoFacts>> {
  if (filenames.length === 0) return new Map()
  const { rows } = await db.execute(sql`
    select m.filename, m.alt, m.width, m.height, p.placeholder,
      coalesce((select jsonb_agg(jsonb_build_object('width', s.width, 'height', s.height,
          'format', s.format, 'storageKey', s.storage_key) order by s.width)
        from photo_sizes s where s.media_id = m.id), '[]'::jsonb) as sizes
    from media m left join photo_preparations p on p.media_id = m.id
    where m.filename = any(${sql.param([...filenames])}::text[])`)
  return new Map(PHOTOS.parse(rows).map((photo) => [photo.filename, photo]))
}
