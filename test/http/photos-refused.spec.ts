import { readdir } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto, getUrlPath, createPicture, uploadPhoto } from '../support/http-photos.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const onDisk = () => readdir(forecourt.settings.MEDIA_DIR)

/** Uploads what must be refused, and proves that nothing of it was kept. */
async function refused(
  bytes: Buffer,
  file: { filename?: string; contentType?: string } = {},
): Promise<number> {
  const before = await onDisk()
  const { status } = await uploadPhoto(manager, bytes, file)
  expect(await onDisk()).toEqual(before)
  return status
}

describe('what is no photo', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  it.each([
    ['SVG', Buffer.from(svg), 'image/svg+xml', 'a.svg'],
    ['SVG that says it is a JPEG', Buffer.from(svg), 'image/jpeg', 'a.jpg'],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/html', 'a.html'],
    [
      'HTML that says it is a JPEG',
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      'image/jpeg',
      'a.jpg',
    ],
    ['GIF', gif, 'image/gif', 'a.gif'],
    [
      'GIF that is a script and says it is a JPEG',
      Buffer.concat([Buffer.from('GIF89a/*'), gif.subarray(8), Buffer.from('*/=1;alert(1)')]),
      'image/jpeg',
      'a.jpg',
    ],
    ['PDF', Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF'), 'application/pdf', 'a.pdf'],
    [
      'PDF that says it is a JPEG',
      Buffer.from('%PDF-1.4\n<script>alert(1)</script>'),
      'image/jpeg',
      'a.jpg',
    ],
    ['a program', Buffer.from('\u007fELF\u0002\u0001\u0001'), 'application/octet-stream', 'a.jpg'],
    [
      'the head of a JPEG with nothing behind',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]),
      'image/jpeg',
      'a.jpg',
    ],
    ['nothing', Buffer.alloc(0), 'image/jpeg', 'a.jpg'],
  ])('is refused and leaves nothing behind: %s', async (_what, bytes, contentType, filename) => {
    expect(await refused(bytes, { contentType, filename })).toBe(400)
  })

  it('is refused when it is half a JPEG', async () => {
    const whole = await createPicture(640, 480).jpeg().toBuffer()
    expect(await refused(whole.subarray(0, whole.length / 2))).toBe(400)
  })

  it('is a PNG of 20 000 × 20 000 pixels in a few kilobytes', async () => {
    expect(await refused(bomb(20_000), { contentType: 'image/png', filename: 'a.png' })).toBe(400)
  })

  it('is refused with the reasons and the way out', async () => {
    const { body } = await uploadPhoto(manager, bomb(20_000), { contentType: 'image/png' })
    expect((body as { errors: { message: string }[] }).errors[0]?.message).toBe(
      'The photo cannot be read: it is damaged or incomplete, or has more than 50 million pixels. ' +
        'Save it again as a smaller JPEG, then upload that.',
    )
  })

  it('is 25 MB of anything', async () => {
    expect(await refused(Buffer.alloc(25_000_000, 1))).toBe(413)
  })

  it('is a request without a file', async () => {
    await manager.post('/api/media').send({ alt: 'x' }).expect(400)
  })
})

describe('somebody who may not', () => {
  it('uploads nothing', async () => {
    const bytes = await createPicture(64, 48).jpeg().toBuffer()
    const before = await onDisk()
    await uploadPhoto(forecourt.anonymous, bytes).expect(403)
    await uploadPhoto(await forecourt.as('viewer'), bytes).expect(403)
    expect(await onDisk()).toEqual(before)
  })
})

/** A white PNG of so many pixels a side: its rows deflate to nothing. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('a photo', () => {
  it('that no row has is a 404 to everybody, and a prefix is not known', async () => {
    for (const api of [forecourt.anonymous, manager, await forecourt.as('admin')])
      for (const name of ['none.webp', '..%2Fx', '%2E%2E%5Cx.webp']) {
        const { status, body } = await api.get(`/api/media/file/${name}`)
        expect([name, status, body.errors[0].code]).toEqual([name, 404, 'not_found'])
      }
    const photo = getUrlPath((await aPhoto(manager)).url)
    for (const query of ['prefix=x', 'prefix=', 'prefix[]=x', 'prefix[a]=x', 'a=1&prefix=../x'])
      await manager.get(`${photo}?${query}`).expect(400)
    await manager.get(`${photo}?2026-01-01T00:00:00.000Z`).expect(200)
  })

  it('is a 412 where If-Match or If-Unmodified-Since names another', async () => {
    const photo = getUrlPath((await aPhoto(manager)).url)
    const { etag = '', 'last-modified': changed = '' } = (await manager.get(photo).expect(200))
      .headers as Record<string, string>
    const old = 'Mon, 01 Jan 2024 00:00:00 GMT'
    for (const headers of [
      { 'if-match': '"x"' },
      { 'if-match': `W/${etag}` },
      { 'if-unmodified-since': old },
    ])
      await manager.get(photo).set(headers).expect(412)
    for (const headers of [
      { 'if-match': `"x", ${etag}` },
      { 'if-match': '*' },
      { 'if-match': etag, 'if-unmodified-since': old },
      { 'if-unmodified-since': changed },
      { 'if-unmodified-since': 'x' },
    ])
      await manager.get(photo).set(headers).expect(200)
  })
})

describe('a form', () => {
  it('is read whole or refused', async () => {
    const car = (await saveCar(forecourt.payload)).id
    const photo = await createPicture(64, 48).jpeg().toBuffer()
    const file = { filename: 'a.jpg', contentType: 'image/jpeg' }
    const form = () => manager.post('/api/media').attach('file', photo, file)
    const alt = JSON.stringify({ alt: 'Ren\u00e9e \uFFFD' })
    expect((await form().field('_payload', alt).expect(201)).body.doc.alt).toBe('Ren\u00e9e \uFFFD')
    await form()
      .field('_payload', Buffer.from(alt), { contentType: 'text/plain; charset=UTF-8' } as never)
      .expect(201)
    for (const charset of ['iso-8859-1', '"utf-16le"'])
      await form()
        .field('_payload', Buffer.from(alt), {
          contentType: `application/json; charset=${charset}`,
        } as never)
        .expect(415)
    for (const [sent, words] of [
      [form().field('_payload', alt).field('_payload', alt), 'more than one part "_payload"'],
      [form().field('alt', 'x'), 'The form part "alt" is unknown'],
      [form().field('_payload', alt).field('alt', 'x'), 'The form part "alt" is unknown'],
      [form().attach('other', photo, file), 'in a part named "file"'],
      [
        form().field('_payload', '{"width":12345678901234567890}'),
        'Width has more digits than can be stored',
      ],
      ...['[]', 'null', '"x"', '5'].map(
        (data) => [form().field('_payload', data), 'must be a JSON object'] as const,
      ),
      [
        manager.patch(`/api/inventory/${car}`).field('_payload', '{}').attach('file', photo, file),
        'rows do not accept files',
      ],
      [
        manager.patch(`/api/inventory/${car}`).attach('file', photo, file),
        'rows do not accept files',
      ],
    ] as const)
      expect((await sent.expect(400)).body.errors[0].message).toContain(words)
    const { body } = await manager
      .patch(`/api/inventory/${car}`)
      .field('_payload', '{"doors":3}')
      .expect(200)
    expect(body.doc.doors).toBe(3)
  })
})
