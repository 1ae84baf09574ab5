import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aPhoto, getUrlPath } from '../support/http-photos.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

describe('photos', () => {
  it('change places between two cars at the same moment without an error of ours', async () => {
    const [p, q] = [await aPhoto(admin), await aPhoto(admin)]
    const [a, b] = [
      await saveCar(forecourt.payload, { images: [p.url] }),
      await saveCar(forecourt.payload, { images: [q.url] }),
    ]
    for (let round = 0; round < 8; round++) {
      const [first, second] = round % 2 ? [p.url, q.url] : [q.url, p.url]
      const answers = await Promise.all([
        admin.patch(`/api/inventory/${a.id}`).send({ images: [first] }),
        admin.patch(`/api/inventory/${b.id}`).send({ images: [second] }),
      ])
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
    }
  })

  it('become public and hidden with their car whatever the answer is asked to select', async () => {
    const photo = await aPhoto(admin)
    const shown = async () =>
      (await forecourt.anonymous.get(getUrlPath(String(photo.url)))).status === 200
    const { body } = await admin
      .post('/api/inventory?select[title]=true')
      .send(aCar({ images: [photo.url] }))
      .expect(201)
    expect(await shown()).toBe(true)
    await admin
      .patch(`/api/inventory/${body.doc.id}?select[title]=true`)
      .send({ status: 'hold' })
      .expect(200)
    expect(await shown()).toBe(false)
    await admin
      .patch(`/api/inventory/${body.doc.id}?select[title]=true`)
      .send({ status: 'available' })
      .expect(200)
    expect(await shown()).toBe(true)
    await admin.delete(`/api/inventory/${body.doc.id}?select[title]=true`).expect(200)
    expect(await shown()).toBe(false)
  })

  it('are not duplicated', async () => {
    const photo = await aPhoto(admin)
    const { status } = await admin.post(`/api/media/${photo.id}/duplicate`)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
})
