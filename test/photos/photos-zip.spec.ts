import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { getService } from '../../src/services.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createPicture, type Photo, uploadPhoto } from '../support/http-photos.ts'
import { download } from '../support/owner-files.ts'
import { unzip } from '../support/unzip.ts'

let forecourt: TestForecourt
let manager: Api

beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

async function upload(width: number): Promise<Photo> {
  const bytes = await createPicture(width, 48).jpeg().toBuffer()
  const answer = await uploadPhoto(manager, bytes).expect(201)
  return (answer.body as { doc: Photo }).doc
}

describe('the photos of a car in a ZIP', () => {
  it('are JPEG in their order; what is not included is listed', async () => {
    const [first, lost, last] = [await upload(60), await upload(70), await upload(80)]
    const foreign = 'https://photos.example/2.jpg'
    const damaged = await upload(90)
    const images = [first.url, foreign, lost.url, last.url, damaged.url]
    const car = await saveCar(forecourt.payload, { images })
    const { media } = getService(forecourt.payload, 'storages')
    await media.remove(lost.filename)
    await media.remove(damaged.filename)
    await media.put(damaged.filename, Buffer.from('no picture'))
    const viewer = await forecourt.as('viewer')
    const answer = await download(viewer, `/api/inventory/${car.id}/photos.zip`).expect(200)
    expect(answer.headers['content-type']).toBe('application/zip')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.zip"$/)
    const entries = unzip(answer.body as Buffer)
    expect([...entries.keys()]).toEqual(['01.jpg', '04.jpg', 'not-included.txt'])
    for (const [name, width] of [
      ['01.jpg', 60],
      ['04.jpg', 80],
    ] as const)
      expect(await sharp(entries.get(name)).metadata()).toMatchObject({ format: 'jpeg', width })
    expect(entries.get('not-included.txt')?.toString()).toBe(
      `02 ${foreign} (on another site)\n03 ${lost.url} (its file is missing)\n` +
        `05 ${damaged.url} (its file is damaged)\n`,
    )
  })

  it('are for staff, and there is none without photos', async () => {
    const car = await saveCar(forecourt.payload)
    await forecourt.anonymous.get(`/api/inventory/${car.id}/photos.zip`).expect(401)
    await manager.get(`/api/inventory/${car.id}/photos.zip`).expect(404)
  })
})
