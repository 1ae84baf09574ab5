import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
  await admin
    .post('/api/stations')
    .send({ name: 'Corner', latitude: 40.7, longitude: -74 })
    .expect(201)
})
afterAll(() => forecourt.close())

describe('If-Match', () => {
  const tagOf = async (api: Api, path: string) =>
    String((await api.get(path).expect(200)).headers['etag'])

  it('lets a change through with the tag of the row, once', async () => {
    const { id } = await saveCar(forecourt.payload)
    const path = `/api/inventory/${id}`
    const [tag, short] = [
      await tagOf(admin, path),
      await tagOf(admin, `${path}?select[make]=true&depth=1`),
    ]
    await admin.patch(path).set('if-match', `"x", ${short}`).send({ price: 100 }).expect(200)
    for (const stale of [tag, short, '"nope"', 'nope', '', `W/${await tagOf(admin, path)}`]) {
      const { body } = await admin
        .patch(path)
        .set('if-match', stale)
        .send({ price: 200 })
        .expect(412)
      expect(body.errors[0]).toMatchObject({ code: 'precondition_failed', path: null })
      await admin.delete(path).set('if-match', stale).expect(412)
    }
    const { price } = (await admin.get(path)).body as { price: number }
    expect(price).toBe(100)
    await admin.patch(path).set('if-match', '*').send({ price: 300 }).expect(200)
    const anonymousTag = String((await forecourt.anonymous.get(path)).headers['etag'])
    await admin.delete(path).set('if-match', anonymousTag).expect(200)
    await admin.patch(path).set('if-match', '*').send({ price: 1 }).expect(404)
  })

  it('names the row of a read, and If-None-Match the one that is not changed', async () => {
    const { id } = await saveCar(forecourt.payload)
    const path = `/api/inventory/${id}`
    const tag = await tagOf(admin, path)
    await admin.get(path).set('if-match', '"x"').expect(412)
    await admin.get(path).set('if-match', tag).expect(200)
    for (const known of ['*', tag, `W/${tag}`, `"x", ${tag}`]) {
      await admin.patch(path).set('if-none-match', known).send({ price: 100 }).expect(412)
      await admin.delete(path).set('if-none-match', known).expect(412)
    }
    await admin.patch(path).set('if-none-match', '"x"').send({ price: 100 }).expect(200)
    await admin.patch(path).set('if-none-match', tag).send({ price: 200 }).expect(200)
  })

  it('lets one of many through who read the same', async () => {
    const { id } = await saveCar(forecourt.payload)
    const tag = await tagOf(admin, `/api/inventory/${id}`)
    const sent = await Promise.all(
      [1, 2, 3, 4, 5].map((price) =>
        admin.patch(`/api/inventory/${id}`).set('if-match', tag).send({ price }),
      ),
    )
    expect(sent.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
    expect(sent.every(({ status }) => [200, 409, 412].includes(status))).toBe(true)
  })

  it('holds for tables without updatedAt and with a trash too', async () => {
    const owner = await forecourt.asOwner()
    const { id: station } = (
      await forecourt.payload.find({ collection: 'stations', limit: 1, overrideAccess: true })
    ).docs[0] as { id: string }
    const report = await owner.api
      .post('/api/community-stations')
      .send({ station, has93Octane: true })
      .expect(201)
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    for (const [path, change] of [
      [`/api/community-stations/${report.body.doc.id}`, { has93Octane: false }],
      [`/api/vehicles/${vehicle.id}`, { nickname: 'Bee' }],
    ] as const) {
      const tag = await tagOf(owner.api, path)
      await owner.api.patch(path).set('if-match', tag).send(change).expect(200)
      await owner.api.patch(path).set('if-match', tag).send(change).expect(412)
    }
    const path = `/api/vehicles/${vehicle.id}`
    await owner.api.delete(path).set('if-match', '"stale"').expect(412)
    await owner.api
      .delete(path)
      .set('if-match', await tagOf(owner.api, path))
      .expect(200)
    await owner.api.post(`${path}/restore`).set('if-match', '"stale"').expect(412)
  })

  it('holds for every spelling of the id of a row', async () => {
    const car = await saveCar(forecourt.payload)
    const upper = car.id.toUpperCase()
    const serial = await admin.post('/api/engines').send({ name: 'A 2.0L I4' }).expect(201)
    const engine = String(serial.body.doc.id)
    for (const [one, other, change] of [
      [`/api/inventory/${car.id}`, `/api/inventory/${upper}`, { doors: 4 }],
      [`/api/engines/${engine}`, `/api/engines/000${engine}`, { torque: '184 lb-ft' }],
    ] as const) {
      expect(await tagOf(admin, other)).toBe(await tagOf(admin, one))
      for (const path of [one, other]) {
        await admin.patch(path).set('if-match', '"x"').send(change).expect(412)
        await admin.delete(path).set('if-match', '"x"').expect(412)
      }
      await admin
        .patch(other)
        .set('if-match', await tagOf(admin, one))
        .send(change)
        .expect(200)
    }
    for (const id of [car.id, upper]) {
      await admin
        .patch(`/api/inventory/${id}`)
        .send({ doors: 2, updatedAt: '2020-01-01T00:00:00.000Z' })
        .expect(409)
      const query =
        `mutation { updateInventory(id: "${id}", data: { doors: 2, updatedAt: ` +
        '"2020-01-01T00:00:00.000Z" }) { id } }'
      const { body } = await admin.post('/api/graphql').send({ query })
      expect(body.errors?.[0]?.extensions.statusCode).toBe(409)
    }
  })

  it('holds for every spelling of the id of a row with a trash', async () => {
    const owner = await forecourt.asOwner()
    const { id } = await saveVehicle(forecourt.payload, owner.subject)
    const path = `/api/vehicles/${id.toUpperCase()}`
    await owner.api.delete(path).set('if-match', '"x"').expect(412)
    await owner.api.delete(path).expect(200)
    await owner.api.post(`${path}/restore`).set('if-match', '"x"').expect(412)
    await owner.api.post(`${path}/restore`).set('if-match', '*').expect(200)
  })

  it('is never ignored where nothing can be compared with it', async () => {
    await admin
      .patch('/api/inventory?where[make][equals]=x')
      .set('if-match', '"x"')
      .send({ price: 1 })
      .expect(412)
    await admin.post('/api/inventory').set('if-match', '"x"').send(aCar()).expect(412)
    await admin
      .post('/api/graphql')
      .set('if-match', '"x"')
      .send({ query: '{ Inventories { totalDocs } }' })
      .expect(412)
    await admin.patch('/api/inventory/none').set('if-match', '"x"').send({}).expect(404)
  })
})
