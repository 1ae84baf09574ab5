import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from inventory'))

/** Saves a car that was listed so many days ago, and sold so many days ago if it is sold. */
async function saveAged(listed: number, about: Partial<Inventory> = {}, sold?: number) {
  const status = sold === undefined ? 'available' : 'sold'
  const car = await saveCar(forecourt.payload, { status, ...about })
  await forecourt.sql(
    `update inventory set listed_at = now() - $2 * interval '1 day',
      sold_at = now() - $3::float8 * interval '1 day' where id = $1`,
    [car.id, listed, sold ?? null],
  )
}
/** Saves a car on hold that was entered so many days ago. */
async function saveNeverListed(entered: number) {
  const { id } = await saveCar(forecourt.payload, { status: 'hold', price: 5_000, cost: 4_000 })
  await forecourt.sql(
    `update inventory set listed_at = null, created_at = now() - $2 * interval '1 day'
      where id = $1`,
    [id, entered],
  )
}
const loadStats = async (api = manager) => (await api.get('/api/inventory/stats').expect(200)).body

describe('GET /api/inventory/stats', () => {
  it('counts the cars by status, and the stock with its value, cost and age', async () => {
    await saveAged(0, { price: 10_000, cost: 9_000 })
    await saveAged(30, { price: 20_000, cost: null })
    await saveAged(31, { price: 1_000.5, cost: 500, status: 'pending' })
    await saveAged(61, { status: 'hold', price: 2_000, cost: 1_500 })
    await saveAged(91, { price: 3_000, cost: 3_500 })
    await saveAged(300, {}, 200)
    await saveNeverListed(70)
    const { sales: _, ...stats } = await loadStats()
    expect(stats).toEqual({
      count: { available: 3, pending: 1, hold: 2, sold: 1 },
      stock: { cars: 6, value: 41_000.5, cost: 18_500, carsWithoutCost: 1 },
      age: [
        { fromDays: 0, toDays: 30, cars: 2, value: 30_000 },
        { fromDays: 31, toDays: 60, cars: 1, value: 1_000.5 },
        { fromDays: 61, toDays: 90, cars: 2, value: 7_000 },
        { fromDays: 91, toDays: null, cars: 1, value: 3_000 },
      ],
    })
  })

  it('tells how fast the lot sells: by the average stock of 90 days', async () => {
    await saveAged(200) // in stock all 90 days
    await saveAged(145, {}, 45) // half of them
    await saveAged(60, {}, 15) // half of them
    await saveAged(300, {}, 100) // none
    const { sales } = await loadStats()
    expect(sales).toEqual({
      days: 90,
      sold: 2,
      averageStock: 2,
      turn: 4.06, // 2 sales of 2 cars in 90 days
      averageDaysToSell: 72.5,
    })
  })

  it('is zero and unknown on an empty lot', async () => {
    const { count, stock, sales } = await loadStats()
    expect(count).toEqual({ available: 0, pending: 0, hold: 0, sold: 0 })
    expect(stock).toEqual({ cars: 0, value: 0, cost: 0, carsWithoutCost: 0 })
    expect(sales).toMatchObject({ sold: 0, averageStock: 0, turn: null, averageDaysToSell: null })
  })

  it('shows a viewer everything but the cost, and nobody else anything', async () => {
    await saveAged(1)
    const { stock } = await loadStats(await forecourt.as('viewer'))
    expect(stock).toEqual({ cars: 1, value: 24_500, cost: null, carsWithoutCost: null })
    await forecourt.anonymous.get('/api/inventory/stats').expect(401)
    await (await forecourt.asOwner()).api.get('/api/inventory/stats').expect(403)
  })
})
