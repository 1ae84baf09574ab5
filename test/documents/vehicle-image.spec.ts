import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import type { Owner } from '../support/owners.ts'
import {
  createImages,
  createPdf,
  download,
  listLeftovers,
  sendRaw,
} from '../support/owner-files.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})

const put = (bytes: Buffer, api = owner.api) =>
  sendRaw(api, `/api/vehicles/${vehicle}/image`, bytes, { method: 'put' })
const get = (headers = {}, api = owner.api) =>
  download(api, `/api/vehicles/${vehicle}/image`, headers)
const readColumns = async () =>
  (await forecourt.sql('select image_bucket, image_key from vehicles where id = $1', [vehicle]))
    .rows[0] as { image_bucket: string | null; image_key: string | null }

describe('the photo of a vehicle', () => {
  it('is encoded again, without metadata, and cached by its owner only', async () => {
    for (const photo of [...Object.values(await createImages()), createHeic()]) {
      const { body } = await put(photo).expect(200)
      const answer = await get().expect(200)
      const bytes = answer.body as Buffer
      expect(body.image).toMatchObject({
        url: `/api/vehicles/${vehicle}/image`,
        contentType: answer.headers['content-type'],
        fileSize: bytes.length,
      })
      expect((await sharp(bytes).metadata()).exif).toBeUndefined()
      expect(bytes.equals(photo)).toBe(false)
      expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-cache' })
      const etag = String(answer.headers['etag'])
      await get({ 'If-None-Match': etag }).expect(304)
    }
  })

  it('is one: the one before is gone from the storage', async () => {
    const { stored } = await listLeftovers(forecourt)
    const { 'image/png': png, 'image/webp': webp } = await createImages()
    await put(png).expect(200)
    const first = await readColumns()
    await put(webp).expect(200)
    const { image_bucket: bucket, image_key: key } = await readColumns()
    expect([bucket, key === first.image_key]).toEqual(['files', false])
    expect((await listLeftovers(forecourt)).stored).toEqual([...stored, `files/${key}`].sort())
    await owner.api.delete(`/api/vehicles/${vehicle}/image`).expect(200)
    expect(await readColumns()).toEqual({ image_bucket: null, image_key: null })
    expect((await listLeftovers(forecourt)).stored).toEqual(stored)
    await get().expect(404)
  })

  it('may be sent as a form, and is never a PDF', async () => {
    const { 'image/jpeg': jpeg } = await createImages()
    await owner.api
      .put(`/api/vehicles/${vehicle}/image`)
      .attach('file', jpeg, 'car.jpg')
      .expect(200)
    const refused = await put(await createPdf()).expect(415)
    expect((await put(Buffer.from('GIF89a')).expect(415)).text).not.toContain('PDF')
    expect(refused.body.errors[0].message).toContain('Send a JPEG, PNG, WebP or HEIC file')
    await get().expect(200)
  })

  it('is nobody else’s', async () => {
    const { 'image/jpeg': jpeg } = await createImages()
    await put(jpeg).expect(200)
    const stranger = await forecourt.asOwner()
    for (const api of [stranger.api, forecourt.anonymous, await forecourt.as('viewer')]) {
      expect([401, 403, 404]).toContain((await get({ Range: 'bytes=0-1' }, api)).status)
      expect([401, 403, 404]).toContain((await put(jpeg, api)).status)
      const deleted = await api.delete(`/api/vehicles/${vehicle}/image`)
      expect([401, 403, 404]).toContain(deleted.status)
    }
    await get({}, (await forecourt.asOwner('garage admin')).api).expect(200)
  })

  it('is hidden with its vehicle in the trash', async () => {
    await put((await createImages())['image/jpeg']).expect(200)
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    await get().expect(404)
    await owner.api.post(`/api/vehicles/${vehicle}/restore`).expect(200)
    await get().expect(200)
  })
})
