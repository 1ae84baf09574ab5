import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

const MISSING = '00000000-0000-4000-8000-000000000000'

let forecourt: TestForecourt
let cars: Record<'available' | 'pending' | 'hold' | 'sold', Inventory>
let viewer: Api
let manager: Api
let admin: Api

beforeAll(async () => {
  forecourt = await openForecourt()
  const saved = (status: Inventory['status']) =>
    saveCar(forecourt.payload, { status, make: status })
  cars = {
    available: await saved('available'),
    pending: await saved('pending'),
    hold: await saved('hold'),
    sold: await saved('sold'),
  }
  ;[viewer, manager, admin] = await Promise.all([
    forecourt.as('viewer'),
    forecourt.as('manager'),
    forecourt.as('admin'),
  ])
})
afterAll(() => forecourt.close())

const makes = (docs: { make: string }[]) => docs.map(({ make }) => make).sort()

describe('the public', () => {
  it('sees available cars alone, in lists, counts and GraphQL', async () => {
    const { body } = await forecourt.anonymous.get('/api/inventory').expect(200)
    expect({ makes: makes(body.docs), total: body.totalDocs }).toEqual({
      makes: ['available'],
      total: 1,
    })
    expect((await forecourt.anonymous.get('/api/inventory/count').expect(200)).body).toEqual({
      totalDocs: 1,
    })
    const { data } = await queryGraphql(
      forecourt.anonymous,
      '{ Inventories { docs { make } totalDocs } countInventories { totalDocs } }',
    )
    expect(data).toEqual({
      Inventories: { docs: [{ make: 'available' }], totalDocs: 1 },
      countInventories: { totalDocs: 1 },
    })
  })

  it.each([
    'where[status][equals]=sold',
    'where[or][0][status][equals]=sold&where[or][1][status][equals]=hold',
    'where[status][not_equals]=available',
  ])('finds no other car with %s', async (query) => {
    const { body } = await forecourt.anonymous.get(`/api/inventory?${query}`).expect(200)
    expect(body.docs).toEqual([])
  })

  it.each(['pending', 'hold', 'sold'] as const)(
    'gets for a car that is %s the answer of one that does not exist',
    async (status) => {
      const hidden = await forecourt.anonymous.get(`/api/inventory/${cars[status].id}`).expect(404)
      const missing = await forecourt.anonymous.get(`/api/inventory/${MISSING}`).expect(404)
      expect(hidden.text).toBe(missing.text)
      const { data } = await queryGraphql(
        forecourt.anonymous,
        `{ Inventory(id: "${cars[status].id}") { id } }`,
      )
      expect(data).toEqual({ Inventory: null })
    },
  )

  it('sees an available car by its id', async () => {
    const { body } = await forecourt.anonymous
      .get(`/api/inventory/${cars.available.id}`)
      .expect(200)
    expect(body.make).toBe('available')
  })

  it('writes nothing', async () => {
    const { anonymous } = forecourt
    await anonymous.post('/api/inventory').send(aCar()).expect(403)
    await anonymous.patch(`/api/inventory/${cars.available.id}`).send({ price: 1 }).expect(403)
    await anonymous
      .patch('/api/inventory?where[price][greater_than]=0')
      .send({ price: 1 })
      .expect(403)
    await anonymous.delete(`/api/inventory/${cars.available.id}`).expect(403)
    await anonymous.delete('/api/inventory?where[price][greater_than]=0').expect(403)
    await anonymous.post(`/api/inventory/${cars.available.id}/duplicate`).send({}).expect(403)
    const { data } = await queryGraphql(
      anonymous,
      `mutation { deleteInventory(id: "${cars.available.id}") { id } }`,
    )
    expect(data).toEqual({ deleteInventory: null })
    expect(
      (await forecourt.payload.count({ collection: 'inventory', overrideAccess: true })).totalDocs,
    ).toBe(4)
  })

  it.each([
    '/api/users',
    '/api/pending-submissions',
    '/api/users/count',
    '/api/pending-submissions/count',
  ])('is refused at %s', async (path) => {
    await forecourt.anonymous.get(path).expect(403)
  })

  it.each([
    '/api/payload-preferences',
    '/api/payload-migrations',
    '/api/payload-kv',
    '/api/payload-locked-documents',
    '/api/payload-jobs',
    '/api/demo_rows',
    '/api/demo_catalog_rows',
  ])('finds nothing at %s', async (path) => {
    const { status } = await forecourt.anonymous.get(path)
    expect([404, 405, 501]).toContain(status)
  })
})

describe('a viewer', () => {
  it('sees the whole lot', async () => {
    const { body } = await viewer.get('/api/inventory').expect(200)
    expect(makes(body.docs)).toEqual(['available', 'hold', 'pending', 'sold'])
  })

  it('sees submissions', async () => {
    await viewer.get('/api/pending-submissions').expect(200)
  })

  it('writes nothing', async () => {
    await viewer.post('/api/inventory').send(aCar()).expect(403)
    await viewer.patch(`/api/inventory/${cars.hold.id}`).send({ price: 1 }).expect(403)
    await viewer.delete(`/api/inventory/${cars.hold.id}`).expect(403)
    await viewer
      .post('/api/pending-submissions')
      .send({ year: 2020, make: 'A', model: 'B' })
      .expect(403)
  })
})

describe('a manager', () => {
  it('makes and changes cars, and does not delete them', async () => {
    const made = await manager.post('/api/inventory').send(aCar()).expect(201)
    const path = `/api/inventory/${made.body.doc.id}`
    const changed = await manager.patch(path).send({ price: 19_999.99 }).expect(200)
    expect(changed.body.doc.price).toBe(19_999.99)
    await manager.delete(path).expect(403)
    await manager.delete('/api/inventory?where[price][greater_than]=0').expect(403)
    await admin.delete(path).expect(200)
    await manager.get(path).expect(404)
  })
})

describe('a submission', () => {
  it('belongs to staff: managers enter it, admins delete it, nobody approves it by hand', async () => {
    const body = {
      year: 2020,
      make: 'A',
      model: 'B',
      submissionStatus: 'approved',
      rejectionReason: 'x',
      submittedAt: '2001-01-01T00:00:00Z',
    }
    const { doc } = (await manager.post('/api/pending-submissions').send(body).expect(201)).body
    expect(doc).toMatchObject({ submissionStatus: 'pending', rejectionReason: null })
    expect(new Date(doc.submittedAt).getUTCFullYear()).toBeGreaterThan(2001)
    await manager.delete(`/api/pending-submissions/${doc.id}`).expect(403)
    await admin.delete(`/api/pending-submissions/${doc.id}`).expect(200)
  })
})
