import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let admin: Api
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[admin, owner] = await Promise.all([forecourt.as('admin'), forecourt.asOwner()])
})
afterAll(() => forecourt.close())

const anonymous = () => forecourt.anonymous
const slugs = () => forecourt.payload.config.collections.map(({ slug }) => slug as string)

describe('a refusal', () => {
  const SHAPE = { message: expect.any(String), code: expect.stringMatching(/^[a-z_]+$/) }

  it('has one shape, whoever refuses', async () => {
    const car = await saveCar(forecourt.payload)
    const refused = [
      ...slugs().flatMap((slug) => [
        anonymous().post(`/api/${slug}`).send({}),
        anonymous().patch(`/api/${slug}/x`).send({}),
        anonymous().get(`/api/${slug}/none`),
        admin.post(`/api/${slug}`).send({ id: 1, vin: 7 }),
        admin.get(`/api/${slug}?where[nope][equals]=1`),
        owner.api.delete(`/api/${slug}`),
      ]),
      anonymous().get('/api/jobs'),
      anonymous().get('/nothing'),
      anonymous().post('/api/graphql').send({}),
      anonymous().post('/api/graphql').set('content-type', 'text/plain').send('x'),
      anonymous().post('/api/inventory').set('content-type', 'application/json').send('{'),
      admin.post('/api/inventory').set('content-encoding', 'gzip').send({}),
      admin.patch(`/api/inventory/${car.id}`).set('if-match', '"x"').send({ price: 1 }),
      admin.get('/api/jobs/runs?hours=x'),
      owner.api.patch('/api/me').send({ displayName: 7 }),
    ]
    for (const { status, body, request } of await Promise.all(refused)) {
      if (status < 400) continue
      const about = `${request.method} ${request.url} ${status}`
      expect([about, Array.isArray(body.errors) && body.errors.length > 0]).toEqual([about, true])
      for (const error of body.errors) {
        expect(error).toMatchObject(SHAPE)
        expect([about, error.path === null || typeof error.path === 'string']).toEqual([about, true])
      }
    }
  })

  it('of several fields is one error for each', async () => {
    const { body } = await admin
      .post('/api/inventory')
      .send({ ...aCar(), price: 0, mileage: -1 })
      .expect(400)
    expect(body.errors.map(({ code, path }: { code: string; path: string }) => [code, path]).sort()).toEqual([
      ['validation_failed', 'mileage'],
      ['validation_failed', 'price'],
    ])
    const { body: query } = await anonymous().get('/api/inventory?sort=nope').expect(400)
    expect(query.errors[0]).toMatchObject({ code: 'bad_request', path: 'nope' })
  })

  it('of a row of a bulk change has its code and field', async () => {
    const car = await saveCar(forecourt.payload)
    const { body } = await admin.patch(`/api/inventory?where[id][equals]=${car.id}`).send({ price: -1 }).expect(400)
    expect(body.errors).toEqual([expect.objectContaining({ id: car.id, code: 'validation_failed', path: 'price' })])
  })

  it('of GraphQL has its code in extensions, whether it ran or not', async () => {
    const car = await saveCar(forecourt.payload)
    const codeOf = async (api: Api, query: string) =>
      (await api.post('/api/graphql').send({ query })).body.errors[0].extensions.code
    expect(await codeOf(anonymous(), '{ nope }')).toBe('bad_request')
    expect(await codeOf(anonymous(), '{')).toBe('bad_request')
    expect(await codeOf(anonymous(), `mutation { updateInventory(id: "${car.id}", data: { price: 1 }) { id } }`)).toBe(
      'forbidden',
    )
    expect(await codeOf(admin, `mutation { updateInventory(id: "${car.id}", data: { price: 0 }) { id } }`)).toBe(
      'validation_failed',
    )
  })
})
