import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let manager: Api
let viewer: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  viewer = await forecourt.as('viewer')
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from inventory'))

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

/** Saves a car that was listed days ago, and whose newest analysis found this market price. */
async function saveListed(
  days: number,
  { market, ...about }: Partial<Inventory> & { market?: number } = {},
): Promise<Inventory> {
  const car = await saveCar(forecourt.payload, about)
  const listedAt = daysAgo(days)
  await forecourt.sql('update inventory set listed_at = $2 where id = $1', [car.id, listedAt])
  for (const [price, recordedAt] of market
    ? [
        [market * 2, daysAgo(9)],
        [market, daysAgo(1)],
      ]
    : [])
    await forecourt.sql(
      `insert into market_price_history (inventory_id, our_price, median_market_price,
        expected_price, sample_size, recorded_at) values ($1, 1, 1, $2, 9, $3)`,
      [car.id, price, recordedAt],
    )
  return car
}

const listIds = async (api: Api, query: string) => {
  const { body } = await api.get(`/api/inventory?${query}`).expect(200)
  return body.docs.map(({ id }: Inventory) => id)
}

describe('the computed fields of a car', () => {
  it('are days on the lot, the margin and the price to market', async () => {
    const car = await saveListed(12, { price: 24_500, cost: 21_000.5, market: 25_000 })
    const { body } = await manager.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).toMatchObject({
      daysOnLot: 12,
      margin: 3_499.5,
      marketPrice: 25_000,
      priceToMarket: 98,
    })
  })

  it('are null where something is unknown', async () => {
    const car = await saveCar(forecourt.payload, { cost: null })
    await forecourt.sql('update inventory set listed_at = null where id = $1', [car.id])
    const { body } = await manager.get(`/api/inventory/${car.id}`).expect(200)
    const unknown = { daysOnLot: null, margin: null, marketPrice: null, priceToMarket: null }
    expect(body).toMatchObject(unknown)
  })

  it('count the days at the dealership, whose day changes at its own midnight', async () => {
    const car = await saveListed(0, { status: 'sold' })
    await forecourt.sql('update inventory set listed_at = $2, sold_at = $3 where id = $1', [
      car.id,
      '2026-03-01T07:59:00Z', // 11:59 p.m. on February 28 in Los Angeles
      '2026-03-03T07:30:00Z', // still March 2
    ])
    const { body } = await manager.get(`/api/inventory/${car.id}`).expect(200)
    expect(body.daysOnLot).toBe(2)
  })

  it('come with a created and an updated car', async () => {
    const car = await saveListed(3)
    const { body } = await manager.patch(`/api/inventory/${car.id}`).send({ price: 22_000 })
    expect(body.doc).toMatchObject({ daysOnLot: 3, margin: 1_000 })
  })

  it('may be below 0, and never keep a car from being saved', async () => {
    const car = await saveListed(3, { price: 20_000 })
    const { body } = await manager
      .patch(`/api/inventory/${car.id}`)
      .send({ trim: 'EX' })
      .expect(200)
    expect(body.doc.margin).toBe(-1_000)
    expect(await listIds(manager, 'where[margin][less_than]=-999.99')).toEqual([car.id])
  })

  it('cannot be written', async () => {
    const car = await saveListed(3)
    await manager.patch(`/api/inventory/${car.id}`).send({ daysOnLot: 99, margin: 1 })
    const { body } = await manager.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).toMatchObject({ daysOnLot: 3, margin: 3_500 })
  })

  it('are read by select alone, or left out', async () => {
    await saveListed(3)
    const { body: one } = await manager.get('/api/inventory?select[daysOnLot]=true').expect(200)
    expect(Object.keys(one.docs[0])).toEqual(['id', 'daysOnLot'])
    const { body: rest } = await manager.get('/api/inventory?select[margin]=false').expect(200)
    expect(rest.docs[0]).toMatchObject({ daysOnLot: 3 })
    expect(rest.docs[0]).not.toHaveProperty('margin')
  })
})

describe('a list of cars', () => {
  it('is sorted by computed fields', async () => {
    const old = await saveListed(90, { price: 30_000, cost: 29_000, market: 20_000 })
    const fresh = await saveListed(1, { price: 20_000, cost: 10_000, market: 40_000 })
    const middle = await saveListed(30, { price: 10_000, cost: 5_000, market: 10_000 })
    const ids = [old, middle, fresh].map(({ id }) => id)
    expect(await listIds(manager, 'sort=-daysOnLot')).toEqual(ids)
    expect(await listIds(manager, 'sort=daysOnLot')).toEqual(ids.toReversed())
    expect(await listIds(manager, 'sort=margin')).toEqual(ids)
    expect(await listIds(viewer, 'sort=-priceToMarket')).toEqual(ids)
    expect(await listIds(manager, 'sort=-daysOnLot&limit=1&page=2')).toEqual([middle.id])
  })

  it('is filtered by computed fields, alone and with columns, references and branches', async () => {
    const old = await saveListed(90, { market: 20_000 })
    const fresh = await saveListed(1, { cost: 24_000, market: 40_000 })
    const { id: user } = (await manager.get('/api/users/me')).body.user
    await forecourt.sql('update inventory set created_by = $1', [user])
    expect(await listIds(viewer, 'where[daysOnLot][greater_than]=60')).toEqual([old.id])
    expect(await listIds(viewer, 'where[daysOnLot][in]=1,2')).toEqual([fresh.id])
    expect(await listIds(manager, 'where[margin][less_than]=1000')).toEqual([fresh.id])
    expect(await listIds(viewer, 'where[priceToMarket][greater_than]=100.5')).toEqual([old.id])
    expect(await listIds(viewer, 'where[marketPrice][exists]=false')).toEqual([])
    const both = 'where[daysOnLot][less_than]=5&where[price][equals]=24500&sort=-margin'
    expect(await listIds(manager, both)).toEqual([fresh.id])
    const branches = 'where[or][0][daysOnLot][equals]=90&where[or][1][margin][equals]=500'
    expect(await listIds(manager, `${branches}&sort=daysOnLot`)).toEqual([fresh.id, old.id])
    const referred = 'where[createdBy.role][equals]=manager&where[daysOnLot][equals]=90'
    expect(await listIds(manager, `${referred}&sort=-daysOnLot`)).toEqual([old.id])
    const { body } = await viewer.get('/api/inventory/count?where[daysOnLot][equals]=90')
    expect(body).toEqual({ totalDocs: 1 })
  })

  it('is filtered and sorted the same over GraphQL', async () => {
    const old = await saveListed(90, { market: 20_000 })
    await saveListed(1)
    const { data } = await queryGraphql(
      manager,
      `{ Inventories(where: { daysOnLot: { greater_than: 60 } }, sort: "-priceToMarket") {
        docs { id daysOnLot margin priceToMarket } } }`,
    )
    expect(data).toEqual({
      Inventories: {
        docs: [{ id: old.id, daysOnLot: 90, margin: 3_500, priceToMarket: 122.5 }],
      },
    })
  })

  it('shows and filters the margin only to those who may see the cost', async () => {
    const car = await saveListed(5, { market: 20_000 })
    const { body } = await viewer.get(`/api/inventory/${car.id}`).expect(200)
    expect(body).toMatchObject({ daysOnLot: 5, priceToMarket: 122.5 })
    expect(body).not.toHaveProperty('margin')
    await viewer.get('/api/inventory?sort=margin').expect(400)
    await viewer.get('/api/inventory?where[margin][greater_than]=1').expect(400)
  })

  it('shows, sorts and filters none of them for the public and owners', async () => {
    const car = await saveListed(5, { market: 20_000 })
    const owner = (await forecourt.asOwner()).api
    for (const api of [forecourt.anonymous, owner]) {
      const { body } = await api.get(`/api/inventory/${car.id}`).expect(200)
      for (const name of ['daysOnLot', 'margin', 'marketPrice', 'priceToMarket']) {
        expect(body).not.toHaveProperty(name)
        await api.get(`/api/inventory?sort=${name}`).expect(400)
        await api.get(`/api/inventory?where[${name}][greater_than]=1`).expect(400)
      }
    }
  })

  it('cannot be filtered by them through a reference', async () => {
    const path = '/api/price-changes?where[inventory.daysOnLot][greater_than]=1'
    const { body } = await viewer.get(path).expect(400)
    expect(body.errors[0].message).toMatch(/computed and cannot be filtered through a reference/)
  })
})
