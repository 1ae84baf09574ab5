import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto, getUrlPath, type Photo } from '../support/http-photos.ts'

let forecourt: TestForecourt
let manager: Api
let admin: Api
let photo: Photo
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[manager, admin] = await Promise.all([forecourt.as('manager'), forecourt.as('admin')])
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  photo = await aPhoto(manager)
})

const carWith = async (about: object) =>
  (
    await manager
      .post('/api/inventory')
      .send({ ...aCar(), ...about })
      .expect(201)
  ).body.doc as { id: string; title: string }
const change = (id: string, about: object) =>
  manager.patch(`/api/inventory/${id}`).send(about).expect(200)

/** Whether the public gets the file of a photo, all its sizes alike, and its row. */
async function isPublic({ id, url, sizes }: Photo): Promise<boolean> {
  const files = [url, ...Object.values(sizes).map((size) => size.url)]
  const answers = await Promise.all([
    ...files.map((file) => forecourt.anonymous.get(getUrlPath(file))),
    forecourt.anonymous.get(`/api/media/${id}`),
  ])
  const seen = answers.map(({ status }) => status === 200)
  expect(answers.every(({ status }) => [200, 403, 404].includes(status))).toBe(true)
  expect(new Set(seen).size).toBe(1)
  return seen[0] === true
}

describe('a photo', () => {
  it('is hidden from the public until a car shows it; staff see it', async () => {
    expect(await isPublic(photo)).toBe(false)
    await (await forecourt.as('viewer')).get(getUrlPath(photo.url)).expect(200)
  })

  it.each(['pending', 'hold', 'sold'])('is hidden while its car is %s', async (status) => {
    await carWith({ images: [photo.url], status })
    expect(await isPublic(photo)).toBe(false)
  })

  it('is public with an available car, and hidden again when that is sold', async () => {
    const { id } = await carWith({ images: [photo.url] })
    expect(await isPublic(photo)).toBe(true)
    await change(id, { status: 'sold' })
    expect(await isPublic(photo)).toBe(false)
    await change(id, { status: 'available' })
    expect(await isPublic(photo)).toBe(true)
  })

  it('is hidden again when it is removed from the car, and when the car is deleted', async () => {
    const one = await carWith({ images: [photo.url] })
    await change(one.id, { images: [] })
    expect(await isPublic(photo)).toBe(false)
    await change(one.id, { images: [photo.url] })
    expect(await isPublic(photo)).toBe(true)
    await admin.delete(`/api/inventory/${one.id}`).expect(200)
    expect(await isPublic(photo)).toBe(false)
  })

  it('of two cars is public while one of them is on show', async () => {
    const [one, other] = [
      await carWith({ images: [photo.url] }),
      await carWith({ images: [photo.url] }),
    ]
    await change(one.id, { status: 'sold' })
    expect(await isPublic(photo)).toBe(true)
    await admin.delete(`/api/inventory/${other.id}`).expect(200)
    expect(await isPublic(photo)).toBe(false)
  })

  it('of two cars that are sold at the same moment is hidden', async () => {
    for (let round = 0; round < 4; round++) {
      const shared = await aPhoto(manager)
      const cars = [
        await carWith({ images: [shared.url] }),
        await carWith({ images: [shared.url] }),
      ]
      await Promise.all(cars.map(({ id }) => change(id, { status: 'sold' })))
      expect(await isPublic(shared)).toBe(false)
    }
  })

  it('is public for a whole lot that is put on show at once', async () => {
    const cars = [
      await carWith({ images: [photo.url], status: 'hold' }),
      await carWith({ status: 'hold' }),
    ]
    await manager
      .patch(`/api/inventory?where[id][in]=${cars.map(({ id }) => id).join(',')}`)
      .send({ status: 'available' })
      .expect(200)
    expect(await isPublic(photo)).toBe(true)
  })

  it('cannot be made public by hand', async () => {
    const { body } = await manager
      .patch(`/api/media/${photo.id}`)
      .send({ onShow: true, alt: 'A car' })
      .expect(200)
    expect(body.doc).toMatchObject({ onShow: false, alt: 'A car' })
    expect(await isPublic(photo)).toBe(false)
  })
})

describe('deleting a photo', () => {
  it('is refused while a car shows it, whatever its status, and the answer names the car', async () => {
    const { id, title } = await carWith({
      images: ['https://elsewhere.example/a.jpg', photo.url],
      status: 'sold',
    })
    const { body } = await admin.delete(`/api/media/${photo.id}`).expect(409)
    expect(body.errors[0].message).toBe(`This photo is in use by ${title}. Remove it there first.`)
    await manager.get(getUrlPath(photo.url)).expect(200)
    await change(id, { images: [] })
    await admin.delete(`/api/media/${photo.id}`).expect(200)
    expect([403, 404]).toContain((await manager.get(getUrlPath(photo.url))).status)
  })

  it('removes its files from disk', async () => {
    const mine = async () =>
      (await readdir(forecourt.settings.MEDIA_DIR)).filter((name) =>
        name.startsWith(photo.filename.slice(0, 36)),
      )
    expect(await mine()).toHaveLength(3)
    await admin.delete(`/api/media/${photo.id}`).expect(200)
    expect(await mine()).toEqual([])
  })

  it('is not for managers, nor for the public', async () => {
    await manager.delete(`/api/media/${photo.id}`).expect(403)
    await forecourt.anonymous.delete(`/api/media/${photo.id}`).expect(403)
  })

  it('among many keeps those in use', async () => {
    const spare = await aPhoto(manager)
    await carWith({ images: [photo.url] })
    await admin.delete(`/api/media?where[id][in]=${photo.id},${spare.id}`)
    await manager.get(`/api/media/${photo.id}`).expect(200)
    await manager.get(getUrlPath(photo.url)).expect(200)
    await manager.get(`/api/media/${spare.id}`).expect(404)
  })

  it('and taking it up for a car at the same moment do not both succeed', async () => {
    for (let round = 0; round < 5; round++) {
      const wanted = await aPhoto(manager)
      const [made, deleted] = await Promise.all([
        manager.post('/api/inventory').send({ ...aCar(), images: [wanted.url] }),
        admin.delete(`/api/media/${wanted.id}`),
      ])
      expect([made.status, deleted.status]).not.toEqual([201, 200])
      expect([
        [201, 409],
        [400, 200],
      ]).toContainEqual([made.status, deleted.status])
    }
  })

  it('cannot be done by replacing its file', async () => {
    const answer = await manager
      .patch(`/api/media/${photo.id}`)
      .attach('file', Buffer.from('x'), { filename: 'a.jpg', contentType: 'image/jpeg' })
    expect(answer.status).toBe(400)
  })
})

describe('the answer with a public photo', () => {
  it('may be embedded anywhere, and is nothing but a picture', async () => {
    await carWith({ images: [photo.url] })
    const { headers } = await forecourt.anonymous.get(getUrlPath(photo.url)).expect(200)
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
  })

  it('may be had in ranges', async () => {
    await carWith({ images: [photo.url] })
    const whole = await forecourt.anonymous
      .get(getUrlPath(photo.url))
      .responseType('blob')
      .expect(200)
    const part = await forecourt.anonymous
      .get(getUrlPath(photo.url))
      .set('Range', 'bytes=4-11')
      .responseType('blob')
      .expect(206)
    expect(part.headers['content-range']).toBe(`bytes 4-11/${(whole.body as Buffer).length}`)
    expect(part.body).toEqual((whole.body as Buffer).subarray(4, 12))
    await forecourt.anonymous.get(getUrlPath(photo.url)).set('Range', 'bytes=99999999-').expect(416)
  })

  it('is refused in ranges, too, while the photo is hidden', async () => {
    const { status } = await forecourt.anonymous
      .get(getUrlPath(photo.url))
      .set('Range', 'bytes=0-3')
    expect([403, 404]).toContain(status)
  })

  it.each(['../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%00', '.', 'a\\..\\b', 'no-such.webp'])(
    'never is a file of elsewhere: %s',
    async (name) => {
      for (const api of [forecourt.anonymous, manager]) {
        const { status, text } = await api.get(`/api/media/file/${name}`)
        expect([400, 403, 404]).toContain(status)
        expect(text).not.toContain('root:')
      }
    },
  )
})
