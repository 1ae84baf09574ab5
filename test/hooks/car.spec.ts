import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
let other: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[manager, other] = await Promise.all([forecourt.as('manager'), forecourt.as('manager')])
})
afterAll(() => forecourt.close())

const change = (id: string, about: object) => manager.patch(`/api/inventory/${id}`).send(about)
const idOf = async (api: Api) => (await api.get('/api/users/me').expect(200)).body.user.id as string

describe('the status of a car', () => {
  it('is available when nothing is said, which lists it now', async () => {
    const before = Date.now()
    const { doc } = (await manager.post('/api/inventory').send(aCar()).expect(201)).body
    expect(doc).toMatchObject({ status: 'available', soldAt: null })
    expect(Date.parse(doc.listedAt)).toBeGreaterThanOrEqual(before)
  })

  it('moves as stated; another move is refused with those that are left', async () => {
    const { id } = await saveCar(forecourt.payload, { status: 'hold' })
    await change(id, { status: 'sold' }).expect(200)
    const { body } = await change(id, { status: 'pending' }).expect(400)
    expect(body.errors[0].data.errors).toEqual([
      expect.objectContaining({
        path: 'status',
        message: 'Status cannot change from sold to pending, only to available',
      }),
    ])
    expect((await change(id, { status: 'available' }).expect(200)).body.doc.status).toBe(
      'available',
    )
  })

  it.each(['gone', '', 7, ['sold'], null])('is never %j', async (status) => {
    const { id } = await saveCar(forecourt.payload)
    await change(id, { status }).expect(400)
    await manager
      .post('/api/inventory')
      .send({ ...aCar(), status })
      .expect(400)
  })
})

describe('the moment of the sale', () => {
  it('is kept while the car stays sold, and forgotten when the sale falls through', async () => {
    const { id } = await saveCar(forecourt.payload)
    const sold = (await change(id, { status: 'sold' }).expect(200)).body.doc as Inventory
    expect(Date.parse(sold.soldAt ?? '')).toBeGreaterThan(Date.parse(sold.listedAt ?? ''))
    const later = (await change(id, { price: 1 }).expect(200)).body.doc as Inventory
    expect(later.soldAt).toBe(sold.soldAt)
    const back = (await change(id, { status: 'available' }).expect(200)).body.doc as Inventory
    expect({ soldAt: back.soldAt, listedAt: back.listedAt }).toEqual({
      soldAt: null,
      listedAt: sold.listedAt,
    })
  })

  it('is there for a car that arrives sold', async () => {
    const { doc } = (
      await manager
        .post('/api/inventory')
        .send({ ...aCar(), status: 'sold' })
        .expect(201)
    ).body
    expect(doc.soldAt).not.toBeNull()
  })
})

describe('who wrote a car', () => {
  it('is the one who made it and the one who changed it last', async () => {
    const [maker, changer] = [await idOf(manager), await idOf(other)]
    const { doc } = (await manager.post('/api/inventory').send(aCar()).expect(201)).body
    expect(doc).toMatchObject({ createdBy: maker, updatedBy: maker })
    const changed = (await other.patch(`/api/inventory/${doc.id}`).send({ price: 9 }).expect(200))
      .body.doc
    expect(changed).toMatchObject({ createdBy: maker, updatedBy: changer })
  })

  it('stays as it is when a command writes', async () => {
    const { doc } = (await manager.post('/api/inventory').send(aCar()).expect(201)).body
    await forecourt.payload.update({
      collection: 'inventory',
      id: doc.id,
      data: { price: 8 },
      overrideAccess: true,
    })
    expect((await manager.get(`/api/inventory/${doc.id}`)).body).toMatchObject({
      createdBy: doc.createdBy,
      updatedBy: doc.createdBy,
      price: 8,
    })
  })
})

describe('the title of a car', () => {
  it('follows what it names', async () => {
    const { id, vin } = await saveCar(forecourt.payload)
    const { doc } = (await change(id, { model: 'Civic' }).expect(200)).body
    expect(doc.title).toBe(`2021 Honda Civic · ${vin.slice(0, 4)}…${vin.slice(-4)}`)
  })

  it('fits its column for the longest make and model', async () => {
    await manager
      .post('/api/inventory')
      .send(aCar({ make: 'M'.repeat(100), model: 'm'.repeat(100) }))
      .expect(201)
  })
})
