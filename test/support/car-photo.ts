import { getService } from '../../src/services.ts'
import { createWithFile } from '../../src/uploads/stored-files.ts'
import { saveCar } from './builders.ts'
import type { TestForecourt } from './forecourt.ts'
import { createPicture } from './http-photos.ts'

/** An available car, and the names of a size of its photo and of its banner. */
export type CarPhoto = {
  car: string
  size: string
  banner: string
}

/** Saves an available car whose photo has a size, and a banner, without waiting for jobs. */
export async function saveCarPhoto({ payload, sql }: TestForecourt): Promise<CarPhoto> {
  const data = await createPicture(64, 48).jpeg().toBuffer()
  const file = { data, mimetype: 'image/jpeg', name: 'car.jpg', size: data.byteLength }
  const photo = await createWithFile(payload, (req) =>
    payload.create({ collection: 'media', data: {}, file, overrideAccess: true, req }),
  )
  const car = await saveCar(payload, { images: [String(photo.url)] })
  const size = String(photo.filename).replace('.webp', '-65w.webp')
  const banner = `${car.id}-0123456789ab.jpg`
  const { media } = getService(payload, 'storages')
  await media.put(`sizes/${size}`, Buffer.from('a size'))
  await media.put(`banners/${banner}`, Buffer.from('a banner'))
  await sql(
    `insert into photo_sizes (media_id, width, height, format, file_size, storage_key)
      values ($1, 65, 48, 'webp', 6, $2)`,
    [photo.id, `sizes/${size}`],
  )
  await sql(
    `insert into car_banners (car_id, price, photo, highlight, storage_key, made_at)
      values ($1, $2, $3, '', $4, now())`,
    [car.id, car.price, photo.filename, `banners/${banner}`],
  )
  return { car: car.id, size, banner }
}
