import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto } from '../support/http-photos.ts'
import { ORIGIN } from '../support/settings.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

type Shown = { id: string; images: string[] | null; thumbnail: string | null }
const create = (about: object) => manager.post('/api/inventory').send({ ...aCar(), ...about })
const made = async (about: object) => (await create(about).expect(201)).body.doc as Shown
const changed = async (id: string, about: object) =>
  (await manager.patch(`/api/inventory/${id}`).send(about).expect(200)).body.doc as Shown
const fieldOf = (answer: { body: { errors: { data: { errors: { path: string }[] } }[] } }) =>
  answer.body.errors[0]?.data.errors[0]?.path

describe('the photos of a car', () => {
  it('keep their order', async () => {
    const images = ['https://a.example/2.jpg', 'https://a.example/1.jpg', '/assets/3.jpg']
    const { id } = await made({ images })
    expect((await changed(id, { images: images.toReversed() })).images).toEqual(images.toReversed())
  })

  it('are uploads by their one public URL, however they are written', async () => {
    const photo = await aPhoto(manager)
    const whole = `${ORIGIN}/api/media/file/${photo.filename}`
    const { images } = await made({ images: [`/api/media/file/${photo.filename}`] })
    expect(images).toEqual([whole])
    expect((await made({ images: [photo.sizes['thumbnail']?.url] })).images).toEqual([whole])
  })

  it('are refused when an upload of ours is not there', async () => {
    for (const url of [
      `${ORIGIN}/api/media/file/00000000-0000-4000-8000-000000000000.webp`,
      '/api/media/file/00000000-0000-4000-8000-000000000000.webp',
    ]) {
      const answer = await create({ images: [url] }).expect(400)
      expect(fieldOf(answer)).toBe('images')
    }
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//evil.example/a.jpg',
    'https://u:p@evil.example/a.jpg',
    'a.jpg',
    '',
  ])('are never %j', async (url) => {
    expect(fieldOf(await create({ images: [url] }).expect(400))).toBe('images')
  })

  it.each([
    [[5]],
    [[null]],
    [['https://a.example/1.jpg', {}]],
    ['https://a.example/1.jpg'],
    [{ 0: 'x' }],
    [Array.from({ length: 101 }, () => 'https://a.example/1.jpg')],
    [[`https://a.example/${'x'.repeat(500)}`]],
  ])('are a list of at most 100 texts, not %j', async (images) => {
    expect(fieldOf(await create({ images }).expect(400))).toBe('images')
  })

  it('of elsewhere are kept as they are and never fetched', async () => {
    let hits = 0
    const canary = createServer((_req, res) => {
      hits++
      res.end()
    })
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/car.jpg?w=1#x`
    const doc = await made({ images: [url], thumbnail: url, carfaxUrl: url })
    await changed(doc.id, { images: [url, `${url}2`] })
    await manager.post('/api/media').send({ url })
    await manager
      .post('/api/media')
      .field('_payload', JSON.stringify({ url, filename: 'car.jpg' }))
      .attach('x', Buffer.from(''), 'x.jpg')
    await manager.get(`/api/media/paste-url?src=${encodeURIComponent(url)}`)
    await manager.get(`/api/media/paste-url/${doc.id}?src=${encodeURIComponent(url)}`)
    await new Promise((resolve) => canary.close(resolve))
    expect({ images: doc.images, hits }).toEqual({ images: [url], hits: 0 })
  })
})

describe('the small picture of a car', () => {
  it('is the first photo, in its small size when it is an upload', async () => {
    const photo = await aPhoto(manager)
    const small = `${ORIGIN}/api/media/file/${photo.filename.replace('.webp', '-thumbnail.webp')}`
    expect((await made({ images: [photo.url, 'https://a.example/1.jpg'] })).thumbnail).toBe(small)
    expect((await made({ images: ['https://a.example/1.jpg', photo.url] })).thumbnail).toBe(
      'https://a.example/1.jpg',
    )
    expect((await made({})).thumbnail).toBeNull()
  })

  it('follows the first photo when the order changes', async () => {
    const images = ['https://a.example/1.jpg', 'https://a.example/2.jpg']
    const { id } = await made({ images })
    expect((await changed(id, { images: images.toReversed() })).thumbnail).toBe(
      'https://a.example/2.jpg',
    )
    expect((await changed(id, { images: [] })).thumbnail).toBeNull()
  })

  it('stays the one that was chosen, whatever the order, until that photo goes or none is chosen', async () => {
    const [one, other] = [await aPhoto(manager), await aPhoto(manager)]
    const small = (name: string) =>
      `${ORIGIN}/api/media/file/${name.replace('.webp', '-thumbnail.webp')}`
    const { id, thumbnail } = await made({ images: [one.url, other.url], thumbnail: other.url })
    expect(thumbnail).toBe(small(other.filename))
    expect((await changed(id, { images: [other.url, one.url] })).thumbnail).toBe(
      small(other.filename),
    )
    expect((await changed(id, { images: [one.url] })).thumbnail).toBe(small(one.filename))
    await changed(id, { images: [one.url, other.url], thumbnail: other.url })
    expect((await changed(id, { thumbnail: null })).thumbnail).toBe(small(one.filename))
  })

  it('is refused when it is an upload that the car does not show, or no photo URL at all', async () => {
    const photo = await aPhoto(manager)
    for (const thumbnail of [
      photo.url,
      'javascript:alert(1)',
      'data:image/png;base64,AA',
      5,
      { a: 1 },
      ['x'],
    ]) {
      expect(fieldOf(await create({ thumbnail }).expect(400))).toBe('thumbnail')
    }
  })
})
