import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { createPayloadInventory } from '../../src/imports/jekyll/payload-inventory.ts'
import { saveCar } from '../support/builders.ts'
import {
  type Api,
  fetchToken,
  openForecourt,
  saveUser,
  type TestForecourt,
} from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { postWithKey } from '../support/http-idempotency.ts'

let forecourt: TestForecourt
let manager: Api
let managerId: string
beforeAll(async () => {
  forecourt = await openForecourt()
  const user = await saveUser(forecourt.payload, 'manager')
  managerId = user.id
  const token = await fetchToken(forecourt.app, user)
  manager = supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`)
})
afterAll(() => forecourt.close())

const changesOf = async ({ id }: { id: string }) =>
  (
    await forecourt.sql(
      `select from_price::float8 as "from", to_price::float8 as "to", reason,
        changed_by as who, note from price_changes where inventory_id = $1 order by changed_at`,
      [id],
    )
  ).rows
const priceOf = async ({ id }: { id: string }) =>
  (await forecourt.payload.findByID({ collection: 'inventory', id, overrideAccess: true })).price
const aCarAt = (price: number, about: Partial<Inventory> = {}) =>
  saveCar(forecourt.payload, { price, ...about })
const pathOf = ({ id }: { id: string }) => `/api/inventory/${id}/price`
const byManager = (from: number, to: number, rest: object = {}) => ({
  from,
  to,
  reason: 'edit',
  who: managerId,
  note: null,
  ...rest,
})

describe('POST /api/inventory/:id/price', () => {
  it('changes the price, and keeps who did it and why', async () => {
    const car = await aCarAt(24_500)
    const { body } = await manager
      .post(pathOf(car))
      .send({ price: 23_950, expectedPrice: 24_500, reason: 'suggestion', note: ' 60 days old ' })
      .expect(200)
    expect(body.doc).toMatchObject({ id: car.id, price: 23_950, cost: 21_000 })
    expect(body.message).toBe(`${car.title} costs $23,950 now.`)
    expect(await priceOf(car)).toBe(23_950)
    expect(await changesOf(car)).toEqual([
      byManager(24_500, 23_950, { reason: 'suggestion', note: '60 days old' }),
    ])
    const { body: seen } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(seen.price).toBe(23_950)
  })

  it('changes nothing if the car has another price than expected', async () => {
    const car = await aCarAt(24_500)
    const { body } = await manager
      .post(pathOf(car))
      .send({ price: 23_000, expectedPrice: 25_000 })
      .expect(409)
    expect(body.errors[0].message).toBe(
      `The price of ${car.title} is $24,500, not $25,000. Check the price, then repeat your change.`,
    )
    expect([await priceOf(car), await changesOf(car)]).toEqual([24_500, []])
  })

  it('applies no suggested price to a car that was sold in the meantime', async () => {
    const car = await aCarAt(24_500, { status: 'sold' })
    const change = { price: 23_950, expectedPrice: 24_500 }
    const { body } = await manager
      .post(pathOf(car))
      .send({ ...change, reason: 'suggestion' })
      .expect(409)
    expect(body.errors[0].message).toBe(
      `${car.title} is sold, so the suggested price no longer applies.`,
    )
    expect([await priceOf(car), await changesOf(car)]).toEqual([24_500, []])
    await manager.post(pathOf(car)).send(change).expect(200)
  })

  it('lets one of many win that expect the same price', async () => {
    const car = await aCarAt(20_000)
    const answers = await Promise.all(
      [1, 2, 3, 4].map((step) =>
        manager.post(pathOf(car)).send({ price: 20_000 - 100 * step, expectedPrice: 20_000 }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 409, 409, 409])
    expect(await changesOf(car)).toEqual([byManager(20_000, await priceOf(car))])
  })

  it('keeps nothing if the price stays, and one change if it is repeated with its key', async () => {
    const car = await aCarAt(24_500)
    await manager.post(pathOf(car)).send({ price: 24_500 }).expect(200)
    expect(await changesOf(car)).toEqual([])
    const key = randomUUID()
    for (const _ of [1, 2])
      await postWithKey(manager, pathOf(car), key, {
        price: 24_000,
        expectedPrice: 24_500,
      }).expect(200)
    expect(await changesOf(car)).toEqual([byManager(24_500, 24_000)])
  })

  it.each([
    [{}],
    [{ price: '24000' }],
    [{ price: 0 }],
    [{ price: 24_000.555 }],
    [{ price: 1e9 }],
    [{ price: 24_000, expectedPrice: null }],
    [{ price: 24_000, reason: 'import' }],
    [{ price: 24_000, note: 'x'.repeat(501) }],
    [{ price: 24_000, cost: 1 }],
  ])('refuses %j', async (body) => {
    const car = await aCarAt(24_500)
    await manager.post(pathOf(car)).send(body).expect(400)
    expect([await priceOf(car), await changesOf(car)]).toEqual([24_500, []])
  })

  it('is for managers and admins, and for cars that exist', async () => {
    const car = await aCarAt(24_500)
    const send = (api: Api) => api.post(pathOf(car)).send({ price: 1_000 })
    await send(forecourt.anonymous).expect(401)
    await send(await forecourt.as('viewer')).expect(403)
    await send((await forecourt.asOwner()).api).expect(403)
    await send((await forecourt.asOwner('garage admin')).api).expect(403)
    expect(await changesOf(car)).toEqual([])
    await send(await forecourt.as('admin')).expect(200)
    await manager.post(`/api/inventory/${randomUUID()}/price`).send({ price: 1 }).expect(404)
    await manager.post('/api/inventory/x/price').send({ price: 1 }).expect(404)
  })
})

describe('a price that changes', () => {
  it('is recorded however it is changed, and other changes are not', async () => {
    const car = await aCarAt(24_500)
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 24_000, trim: 'EX' }).expect(200)
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 24_000, trim: 'LX' }).expect(200)
    await manager
      .patch(`/api/inventory/${car.id}?select[title]=true`)
      .send({ price: 23_999.99 })
      .expect(200)
    await manager
      .patch(`/api/inventory?where[id][equals]=${car.id}`)
      .send({ price: 23_000 })
      .expect(200)
    const { errors } = await queryGraphql(
      manager,
      `mutation { updateInventory(id: "${car.id}", data: { price: 22000 }) { id } }`,
    )
    expect(errors).toBeUndefined()
    expect(await changesOf(car)).toEqual([
      byManager(24_500, 24_000),
      byManager(24_000, 23_999.99),
      byManager(23_999.99, 23_000),
      byManager(23_000, 22_000),
    ])
  })

  it('is recorded for each car of a bulk change', async () => {
    const cars = [await aCarAt(20_000), await aCarAt(21_000), await aCarAt(19_000)]
    const ids = cars.map(({ id }) => id).join(',')
    await manager.patch(`/api/inventory?where[id][in]=${ids}`).send({ price: 19_000 }).expect(200)
    expect(await Promise.all(cars.map(changesOf))).toEqual([
      [byManager(20_000, 19_000)],
      [byManager(21_000, 19_000)],
      [],
    ])
  })

  it('names the import that changed it, and nobody, and leaves nothing after a dry run', async () => {
    const car = await aCarAt(18_000)
    const inventory = createPayloadInventory(forecourt.payload)
    await inventory.dryRun?.update(car.id, { price: 17_000 })
    expect(await changesOf(car)).toEqual([])
    await inventory.update(car.id, { price: 17_500 })
    expect(await changesOf(car)).toEqual([
      { from: 18_000, to: 17_500, reason: 'import', who: null, note: null },
    ])
  })

  it('is not recorded when the change is refused', async () => {
    const car = await aCarAt(24_500)
    await manager.patch(`/api/inventory/${car.id}`).send({ price: 23_000, year: 1800 }).expect(400)
    await manager
      .patch(`/api/inventory/${car.id}`)
      .send({ price: 23_000, vin: (await aCarAt(1_000)).vin })
      .expect(400)
    expect(await changesOf(car)).toEqual([])
  })

  it('is shown with the car to staff alone, newest first', async () => {
    const car = await aCarAt(24_500)
    for (const price of [24_000, 23_500]) await manager.post(pathOf(car)).send({ price })
    const viewer = await forecourt.as('viewer')
    const path = `/api/inventory/${car.id}?joins[priceChanges][limit]=5`
    const { body } = await viewer.get(path).expect(200)
    const { body: list } = await viewer
      .get(`/api/price-changes?where[inventory][equals]=${car.id}`)
      .expect(200)
    expect(list.docs).toMatchObject([
      { car: car.title, fromPrice: 24_000, toPrice: 23_500, changedBy: managerId },
      { car: car.title, fromPrice: 24_500, toPrice: 24_000, changedBy: managerId },
    ])
    expect(body.priceChanges.docs).toEqual(list.docs.map(({ id }: { id: string }) => id))
    const { body: seen } = await forecourt.anonymous.get(path)
    expect(seen.priceChanges).toBeUndefined()
    await forecourt.anonymous.get('/api/price-changes').expect(403)
  })

  it('goes with its car, and nobody writes it over the API', async () => {
    const car = await aCarAt(24_500)
    await manager.post(pathOf(car)).send({ price: 24_000 }).expect(200)
    const admin = await forecourt.as('admin')
    const { body } = await admin
      .get(`/api/price-changes?where[inventory][equals]=${car.id}`)
      .expect(200)
    const [{ id }] = body.docs
    await admin.post('/api/price-changes').send({ inventory: car.id }).expect(403)
    await admin.patch(`/api/price-changes/${id}`).send({ toPrice: 1 }).expect(403)
    await admin.delete(`/api/price-changes/${id}`).expect(403)
    await admin.delete(`/api/inventory/${car.id}`).expect(200)
    expect(await changesOf(car)).toEqual([])
  })
})
