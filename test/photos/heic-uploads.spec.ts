import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { getService } from '../../src/services.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import { type Photo, uploadPhoto } from '../support/http-photos.ts'
import { listLeftovers } from '../support/owner-files.ts'

let forecourt: TestForecourt
let manager: Api

beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const AS_HEIC = { filename: 'IMG_0001.HEIC', contentType: 'image/heic' }

async function readPixels({ filename }: Photo) {
  const file = await getService(forecourt.payload, 'storages').media.open(filename)
  if (!file) throw new Error(`${filename} is missing.`)
  const bytes = await buffer(file.stream)
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels)]
  return { at, metadata: await sharp(bytes).metadata() }
}

describe('a HEIC photo of the lot', () => {
  it('is stored as WebP, upright and without metadata', async () => {
    const exif = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Make: 'SpyCam' } })
      .jpeg()
      .toBuffer()
      .then((jpeg) => sharp(jpeg).metadata())
    const heic = createHeic({ turns: 1, ...(exif.exif && { exif: exif.exif }) })
    const { body } = await uploadPhoto(manager, heic, AS_HEIC).expect(201)
    const { doc } = body as { doc: Photo }
    expect(doc).toMatchObject({ mimeType: 'image/webp', width: 128, height: 128 })
    expect(doc.sizes['thumbnail']?.filename).toMatch(/-thumbnail\.webp$/)
    const { at, metadata } = await readPixels(doc)
    expect(metadata.format).toBe('webp')
    expect(metadata.exif).toBeUndefined()
    // turned against the clock: what was at the right, green above white, is at the top
    const [red = 0, green = 0] = at(20, 20)
    expect(green).toBeGreaterThan(red)
  })

  it.each([
    ['a JPEG by its name and type', { filename: 'car.jpg', contentType: 'image/jpeg' }],
    ['nothing by its type', { filename: 'car', contentType: 'application/octet-stream' }],
  ])('is recognized by its bytes, if it claims to be %s', async (_claim, claimed) => {
    const { body } = await uploadPhoto(manager, createHeic(), claimed).expect(201)
    expect((body as { doc: Photo }).doc.mimeType).toBe('image/webp')
  })

  it.each([
    ['with too many pixels', createHeic({ width: 10_000, height: 10_000 }), /100 million pixels/],
    ['that is cut off', createHeic().subarray(0, -60), /incomplete|ends|damaged|decoded/],
  ])('%s is refused, and nothing is left of it', async (_what, bytes, reason) => {
    const before = await listLeftovers(forecourt)
    const { body } = await uploadPhoto(manager, bytes, AS_HEIC).expect(415)
    expect((body as { errors: { message: string }[] }).errors[0]?.message).toMatch(reason)
    expect(await listLeftovers(forecourt)).toEqual(before)
  })

  it('that is a sequence or a video is refused', async () => {
    for (const brand of ['hevc', 'msf1', 'qt  ']) {
      const head = Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0${brand}mif1`)
      const answer = await uploadPhoto(manager, Buffer.concat([head, Buffer.alloc(200)]), AS_HEIC)
      expect([brand, answer.status]).toEqual([brand, 415])
    }
    const { rows } = await forecourt.sql("select 1 from media where mime_type <> 'image/webp'")
    expect(rows).toEqual([])
  })
})
