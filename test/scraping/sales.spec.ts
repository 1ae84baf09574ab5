import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveCompetitor } from '../support/scrape-room.ts'

let forecourt: TestForecourt
let viewer: Api
let [riverside, hilltop] = ['', '']

/** The middle of a month that many months ago, in UTC. */
function monthsAgo(months: number): Date {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1, 0, 0, 1))
}
const nameOf = (months: number) => monthsAgo(months).toISOString().slice(0, 7)

async function sell(competitor: string, months: number, price: number | null, days = 20) {
  const { rows } = await forecourt.sql(
    `insert into competitor_inventory (competitor_id, title, price, days_on_market, is_sold, sold_at)
     values ($1, 'A car', $2, $3, true, $4) returning id`,
    [competitor, price, days, monthsAgo(months)],
  )
  return (rows[0] as { id: string }).id
}

beforeAll(async () => {
  forecourt = await openForecourt()
  viewer = await forecourt.as('viewer')
  ;({ id: riverside } = await saveCompetitor(forecourt, { name: 'Riverside' }))
  ;({ id: hilltop } = await saveCompetitor(forecourt, { name: 'Hilltop' }))
  await sell(riverside, 1, 9_999.99, 10)
  await sell(riverside, 1, 10_000, 20)
  await sell(riverside, 1, 14_999.99, 60)
  await sell(riverside, 1, null)
  await sell(hilltop, 0, 31_000)
  await sell(hilltop, 40, 8_000)
  const moved = await sell(hilltop, 0, 20_000)
  await forecourt.sql(
    `insert into competitor_absences (car_id, missed_runs, missing_since, moved_to)
     values ($1, 2, now(), $2)`,
    [moved, riverside],
  )
})
afterAll(() => forecourt.close())

const get = async (query = '') =>
  (await viewer.get(`/api/competitors/sales${query}`).expect(200)).body.months

describe('the sales of competitors', () => {
  it('are counted by month and price bucket, and a car that moved was not sold', async () => {
    expect(await get('?months=3')).toEqual([
      {
        month: nameOf(2),
        sold: 0,
        withoutPrice: 0,
        medianPrice: null,
        avgDaysOnMarket: null,
        buckets: [],
      },
      {
        month: nameOf(1),
        sold: 4,
        withoutPrice: 1,
        medianPrice: 10_000,
        avgDaysOnMarket: 27.5,
        buckets: [
          { from: 5_000, to: 10_000, sold: 1 },
          { from: 10_000, to: 15_000, sold: 2 },
        ],
      },
      {
        month: nameOf(0),
        sold: 1,
        withoutPrice: 0,
        medianPrice: 31_000,
        avgDaysOnMarket: 20,
        buckets: [{ from: 30_000, to: 35_000, sold: 1 }],
      },
    ])
  })

  it('are those of twelve months, of one competitor, or in other buckets', async () => {
    expect(await get()).toHaveLength(12)
    const sold = (months: { sold: number }[]) => months.map((month) => month.sold)
    expect(sold(await get(`?months=2&competitor=${riverside}`))).toEqual([4, 0])
    expect(sold(await get(`?months=2&competitor=${hilltop}`))).toEqual([0, 1])
    expect((await get('?months=1&bucket=2000'))[0].buckets).toEqual([
      { from: 30_000, to: 32_000, sold: 1 },
    ])
  })

  it('are for staff alone, of a competitor that is there', async () => {
    const { api: owner } = await forecourt.asOwner('garage admin')
    await forecourt.anonymous.get('/api/competitors/sales').expect(401)
    await owner.get('/api/competitors/sales').expect(403)
    await viewer
      .get('/api/competitors/sales?competitor=00000000-0000-4000-8000-000000000000')
      .expect(404)
    for (const query of ['months=0', 'months=37', 'bucket=1', 'competitor=x', 'color=red'])
      await viewer.get(`/api/competitors/sales?${query}`).expect(400)
  })
})
