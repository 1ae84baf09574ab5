import { readFile } from 'node:fs/promises'
import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { getPostgresAdapter } from '../database/transaction.ts'
import type { Media } from '../generated/payload-types.ts'
import { type DemoCar, demoCars } from './demo-cars.ts'
import { createWithFile } from '../uploads/stored-files.ts'
import { demoRows } from './rows.ts'

/** The views of a car: its left side, its front and its rear. */
export const VIEWS = ['side', 'front', 'rear'] as const
type View = (typeof VIEWS)[number]

type UploadOptions = { print: (line: string) => void; signal: AbortSignal }

/** The file with a picture: `pictures/2018-ford-mustang-side.webp`. */
export function getPictureFile({ year, make, model }: DemoCar, view: View): URL {
  const name = `${year} ${make} ${model} ${view}`.toLowerCase().replaceAll(' ', '-')
  return new URL(`pictures/${name}.webp`, import.meta.url)
}

/**
 * Uploads the pictures of the demo cars that have none yet, newest first, as a person would.
 * Continues where an earlier start was stopped. A car whose photos a person added or removed is not
 * changed.
 */
export async function uploadDemoPictures(
  payload: Payload,
  { print, signal }: UploadOptions,
): Promise<void> {
  const { drizzle, tables } = getPostgresAdapter(payload)
  const { rows } =
    await drizzle.execute(sql`select car.id, car.vin from ${tables['inventory']} as car
      join ${demoRows} as demo
    on demo.made_in = 'inventory' and demo.row_id = car.id where car.images is null
      order by car.listed_at desc`)
  if (rows.length > 0)
    print(`Adding pictures of ${rows.length} demo cars; they will appear one by one.`)
  for (const row of rows) {
    if (signal.aborted) return
    await uploadCarPictures(payload, String(row['id']), String(row['vin']))
  }
  if (rows.length > 0) print('Every demo car has its pictures.')
}

async function uploadCarPictures(payload: Payload, id: string, vin: string): Promise<void> {
  const car = demoCars.find((one) => one.vin === vin)
  const where = { id: { equals: id }, images: { exists: false } }
  const { totalDocs } = await payload.count({
    collection: 'inventory',
    where,
    overrideAccess: true,
  })
  if (!car || totalDocs === 0) return
  const photos: Media[] = []
  for (const view of VIEWS) photos.push(await uploadPicture(payload, car, view))
  const images = photos.flatMap(({ url }) => url ?? [])
  const { docs } = await payload.update({
    collection: 'inventory',
    where,
    data: { images },
    depth: 0,
    overrideAccess: true,
  })
  if (docs.length > 0) return
  // The car was deleted, has photos meanwhile, or is being changed now.
  for (const { id: photo } of photos)
    await payload.delete({ collection: 'media', id: photo, overrideAccess: true })
}

async function uploadPicture(payload: Payload, car: DemoCar, view: View): Promise<Media> {
  const data = await readFile(getPictureFile(car, view))
  const file = { data, name: `${view}.webp`, mimetype: 'image/webp', size: data.length }
  const alt = `${car.year} ${car.make} ${car.model}, ${view} view (drawing)`
  const photo = await createWithFile(payload, (req) =>
    payload.create({
      collection: 'media',
      data: { alt },
      file,
      depth: 0,
      overrideAccess: true,
      req,
    }),
  )
  await getPostgresAdapter(payload).drizzle.execute(
    sql`insert into ${demoRows} values ('media', ${photo.id})`,
  )
  return photo
}
