import { once } from 'node:events'
import { request } from 'node:http'
import { crc32 } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { createHeic } from '../support/heic-file.ts'
import { type CountingServer, listenCounting } from '../support/http-large.ts'
import { createPicture } from '../support/http-photos.ts'
import type { Owner } from '../support/owners.ts'
import {
  createImages,
  createPdf,
  createZip,
  fileOf,
  listLeftovers,
  saveDocument,
  sendRaw,
  uploadFile,
} from '../support/owner-files.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'
import { waitUntil } from '../support/work.ts'

let forecourt: TestForecourt
let owner: Owner
let document: string
let server: CountingServer
let s3: S3Peer
let before: Awaited<ReturnType<typeof listLeftovers>>
beforeAll(async () => {
  s3 = await openS3Peer()
  forecourt = await openForecourt({ ...s3.settings, OWNER_STORED_MB: '1' })
  owner = await forecourt.asOwner()
  server = await listenCounting(forecourt.app)
})
afterAll(async () => {
  await server.close()
  await forecourt.close()
  await s3.close()
})
beforeEach(async () => {
  document = (await saveDocument(forecourt, owner)).document
  before = await listLeftovers(forecourt)
})
afterEach(async () => {
  s3.resume()
  expect(await listLeftovers(forecourt)).toEqual(before)
  const { rows } = await forecourt.sql('select 1 from attached_files where document_id = $1', [
    document,
  ])
  expect(rows).toEqual([])
})

const refuse = async (bytes: Buffer, status = 415): Promise<string> => {
  const answer = await uploadFile(owner.api, `documents/${document}`, bytes, 'a.jpg').expect(status)
  return (answer.body as { errors: { message: string }[] }).errors[0]?.message ?? ''
}

/** A PNG with a text of its own after its header. */
function withText(png: Buffer, text: string): Buffer {
  const content = Buffer.from(`tEXtComment\0${text}`)
  const chunk = Buffer.alloc(content.length + 8)
  chunk.writeUInt32BE(content.length - 4)
  content.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(content), content.length + 4)
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
}

describe('a file that is not accepted', () => {
  it.each([
    ['a GIF image', Buffer.from('GIF89a')],
    ['an SVG image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['HTML or XML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a Windows program', Buffer.from('MZ\x90\0')],
    ['a ZIP archive', createZip()],
    ['an AVIF image', Buffer.from('\0\0\0\x18ftypavif\0\0\0\0avifmif1')],
    ['a video', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42')],
    ['not known', Buffer.from('hello')],
  ])('is named: %s', async (name, bytes) => {
    const message = await refuse(bytes)
    expect(message).toContain(name)
    expect(message).toContain('PDF, JPEG, PNG, WebP or HEIC')
  })

  it('is one that begins as an image and cannot be decoded', async () => {
    for (const [type, image] of Object.entries(await createImages())) {
      expect([type, await refuse(image.subarray(0, image.length - 40))]).toEqual([
        type,
        expect.stringMatching(/incomplete or damaged\. Open it and save it again as a JPEG/),
      ])
    }
    const png = (await createImages())['image/png']
    png.fill(0x55, png.length - 40, png.length - 20)
    expect(await refuse(png)).toContain('cannot be decoded')
    const heic = createHeic()
    heic.fill(0, heic.length - 115, heic.length - 30)
    expect(await refuse(heic)).toContain('cannot be decoded')
    expect(await refuse((await createPdf()).subarray(0, 400))).toContain('the end of the PDF')
  })

  it('is an image of more than 50 million pixels, before it is decoded', async () => {
    const large = sharp({
      create: { width: 8_000, height: 6_300, channels: 3, background: 'red' },
    })
    expect(await refuse(await large.png({ compressionLevel: 9 }).toBuffer())).toContain(
      '50 million',
    )
    expect(await refuse(createHeic({ width: 60_000, height: 60_000 }))).toMatch(/pixels|decoded/)
  })

  it('is also another file', async () => {
    const { 'image/jpeg': jpeg, 'image/png': png, 'image/webp': webp } = await createImages()
    const zip = createZip()
    const pdf = await createPdf()
    for (const image of [jpeg, png, webp, createHeic(), pdf])
      await refuse(Buffer.concat([image, zip]))
    expect(await refuse(Buffer.concat([jpeg, pdf]))).toContain('also a PDF')
    expect(await refuse(Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]))).toContain(
      'also a web page',
    )
    const comment = Buffer.from('\xff\xfe\0\x20%PDF-1.7 <script>alert(1)//', 'latin1')
    await refuse(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]))
    expect(await refuse(Buffer.concat([pdf, Buffer.from('<html>')]))).toContain('other content')
    const page = pdf.toString('latin1').replace('\n', '\n%<html><script>alert(1)//\n')
    expect(await refuse(Buffer.from(page, 'latin1'))).toContain('also a web page')
    expect(await refuse(withText(png, '<script>alert(1)</script>'))).toContain('also a web page')
    expect(await refuse(Buffer.from('GIF89a/*....*/=1;alert(1)'))).toContain('a GIF image')
  })

  it('is empty, or not there', async () => {
    const url = `/api/documents/${document}/files`
    expect((await sendRaw(owner.api, url, Buffer.alloc(0))).status).toBe(400)
    await owner.api.post(url).field('_payload', '{}').expect(400)
    await owner.api
      .post(url)
      .attach('file', await createPdf(), 'a.pdf')
      .attach('file', await createPdf(), 'b.pdf')
      .expect(400)
    await owner.api
      .post(url)
      .attach('other', await createPdf(), 'a.pdf')
      .expect(400)
  })
})

describe('an upload', () => {
  const send = (contentType: string) =>
    request({
      host: '127.0.0.1',
      port: server.port,
      method: 'POST',
      path: `/api/documents/${document}/files`,
      headers: { Authorization: `Bearer ${owner.token}`, 'Content-Type': contentType },
      agent: false,
    })
  const FORM = 'multipart/form-data; boundary=b'
  const PART = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'

  it.each([
    ['a form', FORM],
    ['raw bytes', 'application/pdf'],
  ])('of 30 MB without Content-Length as %s is a 413', async (_name, type) => {
    const sent = send(type)
    sent.on('error', () => undefined) // the server closes the connection
    const answered = once(sent, 'response')
    sent.write(type === FORM ? PART : '%PDF-1.7')
    const chunk = Buffer.alloc(1_000_000, 'x')
    for (let count = 0; count < 30 && !sent.destroyed; count++)
      await new Promise((resolve) => sent.write(chunk, resolve))
    const [answer] = await answered
    expect(answer.statusCode).toBe(413)
    sent.destroy()
    await waitUntil(
      async () => (await listLeftovers(forecourt)).received.length === 0,
      'the received bytes are removed',
    )
  })

  it.each([
    ['a form', FORM],
    ['raw bytes', 'application/pdf'],
  ])('that is broken off as %s leaves nothing', async (_name, type) => {
    const sent = send(type)
    sent.on('error', () => undefined)
    sent.write(type === FORM ? PART : '%PDF-1.7')
    await new Promise((resolve) => sent.write(Buffer.alloc(200_000, 'x'), resolve))
    await waitUntil(
      async () => (await listLeftovers(forecourt)).received.length === 1,
      'the first bytes are received',
    )
    sent.destroy()
    await waitUntil(
      async () => (await listLeftovers(forecourt)).received.length === 0,
      'the received bytes are removed',
    )
  })

  it('beyond what an owner may store is a 413', async () => {
    const noise = sharp({
      create: {
        width: 900,
        height: 900,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
    expect(await refuse(await noise.png().toBuffer(), 413)).toContain('of 1.0 MB')
  })

  it('that the storage fails is a 503', async () => {
    s3.fail({ kind: 'status', status: 503 }, (name) => /^PUT .*-preview/.test(name))
    const { 'image/jpeg': jpeg } = await createImages()
    expect(await refuse(jpeg, 503)).toContain('The storage of files is unavailable')
  })

  it('to a document that is deleted meanwhile is a 404', async () => {
    const pdf = await createPdf()
    const sent = send('application/pdf')
    sent.write(pdf.subarray(0, 100))
    await waitUntil(
      async () => (await listLeftovers(forecourt)).received.length === 1,
      'the first bytes are received',
    )
    await owner.api.delete(`/api/documents/${document}`).expect(200)
    sent.end(pdf.subarray(100))
    const [answer] = await once(sent, 'response')
    expect(answer.statusCode).toBe(404)
    answer.resume()
  })
})

it('what an owner stores is counted, and no longer when it is gone', async () => {
  const stored = async () =>
    Number(
      (
        await forecourt.sql(
          `select coalesce(sum(file_bytes), 0)::int as bytes from owner_storage
            where user_id = $1`,
          [owner.subject],
        )
      ).rows[0].bytes,
    )
  const start = await stored()
  const pdf = await createPdf()
  const { id } = fileOf(await uploadFile(owner.api, `documents/${document}`, pdf).expect(201))
  expect(await stored()).toBe(start + pdf.length)
  await owner.api.delete(`/api/files/${id}`).expect(200)
  expect(await stored()).toBe(start)
  const image = await createPicture(64, 48).png().toBuffer()
  await uploadFile(owner.api, `documents/${document}`, image).expect(201)
  const { rows } = await forecourt.sql(
    'delete from attached_files where document_id = $1 returning storage_key, preview_key',
    [document],
  )
  expect(await stored()).toBe(start)
  for (const key of [rows[0].storage_key, rows[0].preview_key]) await s3Remove(String(key))
})

const s3Remove = async (key: string) => {
  const { getService } = await import('../../src/services.ts')
  await getService(forecourt.payload, 'storages').owners.remove(`files/${key}`)
}
