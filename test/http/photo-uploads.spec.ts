import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  createCameraJpeg,
  getUrlPath,
  type Photo,
  createPicture,
  uploadPhoto,
} from '../support/http-photos.ts'

const STORED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-thumbnail|-card)?\.webp$/

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const onDisk = () => readdir(forecourt.settings.MEDIA_DIR)

async function accepted(
  bytes: Buffer,
  file: { filename?: string; contentType?: string } = {},
): Promise<{ photo: Photo; stored: Buffer }> {
  const answer = await uploadPhoto(manager, bytes, file).expect(201)
  const photo = answer.body.doc as Photo
  const stored = await manager.get(getUrlPath(photo.url)).responseType('blob').expect(200)
  return { photo, stored: stored.body as Buffer }
}

describe('a photo out of a camera', () => {
  it('is kept as WebP the right way up, without the place where it was taken', async () => {
    const original = await createCameraJpeg()
    expect((await sharp(original).metadata()).exif?.toString('latin1')).toContain('SpyCam')
    const { photo, stored } = await accepted(original)
    const { format, width, height, exif, xmp, orientation } = await sharp(stored).metadata()
    expect({ format, width, height, exif, xmp, orientation }).toEqual({
      format: 'webp',
      width: 40,
      height: 60,
      exif: undefined,
      xmp: undefined,
      orientation: undefined,
    })
    expect(stored.toString('latin1')).not.toMatch(/SpyCam|EXIF|GPS/)
    expect(photo).toMatchObject({ mimeType: 'image/webp', width: 40, height: 60 })
    const top = await sharp(stored)
      .extract({ left: 10, top: 5, width: 1, height: 1 })
      .raw()
      .toBuffer()
    expect(top[0]).toBeGreaterThan(150)
  })

  it('comes in two smaller sizes, without the place either', async () => {
    const { photo } = await accepted(await createCameraJpeg())
    expect(Object.keys(photo.sizes).sort()).toEqual(['card', 'thumbnail'])
    for (const { url, filename } of Object.values(photo.sizes)) {
      expect(filename).toMatch(STORED)
      const { body } = await manager.get(getUrlPath(url)).responseType('blob').expect(200)
      const { format, exif } = await sharp(body as Buffer).metadata()
      expect({ format, exif }).toEqual({ format: 'webp', exif: undefined })
    }
  })

  it('is made no larger than 1920 pixels', async () => {
    const { photo } = await accepted(
      await createPicture(4000, 3000).jpeg({ quality: 30 }).toBuffer(),
    )
    expect({ width: photo.width, height: photo.height }).toEqual({ width: 1920, height: 1440 })
  })

  it.each(['png', 'webp', 'avif'] as const)('may be %s', async (format) => {
    const { photo } = await accepted(await createPicture(64, 48).toFormat(format).toBuffer(), {
      filename: `a.${format}`,
      contentType: `image/${format}`,
    })
    expect(photo.mimeType).toBe('image/webp')
  })
})

describe('what comes with a photo', () => {
  it('is gone: an archive behind a JPEG, a script behind a PNG', async () => {
    for (const [format, tail] of [
      ['jpeg', 'PK\u0003\u0004archive'],
      ['png', '<?php system($_GET[0]) ?>'],
    ] as const) {
      const bytes = Buffer.concat([
        await createPicture(64, 48).toFormat(format).toBuffer(),
        Buffer.from(tail),
      ])
      const { stored } = await accepted(bytes, {
        contentType: `image/${format}`,
        filename: `a.${format}`,
      })
      expect(stored.toString('latin1')).not.toContain(tail)
    }
  })

  it('is gone: columns that the server fills in', async () => {
    const bytes = await createPicture(64, 48).jpeg().toBuffer()
    const forged = JSON.stringify({
      alt: 'A car',
      onShow: true,
      filename: 'mine.webp',
      url: 'https://evil.example',
      mimeType: 'text/html',
      width: 1,
    })
    const answer = await manager
      .post('/api/media')
      .field('_payload', forged)
      .attach('file', bytes, { filename: 'a.jpg', contentType: 'image/jpeg' })
      .expect(201)
    expect(answer.body.doc).toMatchObject({
      alt: 'A car',
      onShow: false,
      mimeType: 'image/webp',
      width: 64,
    })
    expect(answer.body.doc.filename).toMatch(STORED)
    expect(answer.body.doc.url).toContain(answer.body.doc.filename)
  })
})

describe('the name that a client gives its file', () => {
  it.each([
    ['a path', '../../../etc/passwd.jpg'],
    ['an absolute path', '/etc/cron.d/a.jpg'],
    ['a Windows path', '..\\..\\a.jpg'],
    ['300 characters', `${'x'.repeat(300)}.jpg`],
    ['right-to-left marks', 'a\u202egpj.exe.jpg'],
    ['a device', 'CON.jpg'],
    ['a script', 'a.php.jpg'],
    ['markup', '<img src=x onerror=alert(1)>.jpg'],
    ['nothing but dots', '...jpg'],
  ])('never reaches disk, URL or header: %s', async (_what, filename) => {
    const { photo } = await accepted(await createPicture(64, 48).jpeg().toBuffer(), { filename })
    expect(photo.filename).toMatch(STORED)
    expect((await onDisk()).filter((name) => !STORED.test(name))).toEqual([])
    const { headers } = await manager.get(getUrlPath(photo.url)).expect(200)
    expect(JSON.stringify(headers)).not.toMatch(/passwd|cron|xxxx|exe|CON|php|onerror/)
  })

  it.each([
    ['NUL', 'a\u0000.php.jpg'],
    ['a line end', 'a\r\nSet-Cookie: x=1.jpg'],
  ])('never reaches disk when it holds %s', async (_what, filename) => {
    const bytes = await createPicture(64, 48).jpeg().toBuffer()
    const head =
      '--b\r\nContent-Disposition: form-data; name="file"; ' +
      `filename="${filename}"\r\nContent-Type: image/jpeg\r\n\r\n`
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')])
    const { status, headers } = await manager
      .post('/api/media')
      .set('content-type', 'multipart/form-data; boundary=b')
      .send(body)
    expect([201, 400]).toContain(status)
    expect(headers['set-cookie']).toBeUndefined()
    expect((await onDisk()).filter((name) => !STORED.test(name))).toEqual([])
  })
})
