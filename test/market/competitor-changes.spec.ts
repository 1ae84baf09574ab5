import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadCompetitorChanges } from '../../jobs/workflows/competitor-changes.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveCompetitor } from '../support/scrape-room.ts'

const PERIOD = { since: '2027-03-09T07:00:00.000Z', until: '2027-03-10T07:00:00.000Z' }
const FIRST_RUN = '2027-02-01T02:00:00.000Z'
const LAST_NIGHT = '2027-03-10T02:00:00.000Z'

let forecourt: TestForecourt
let competitor: string
beforeAll(async () => {
  forecourt = await openForecourt()
  competitor = (await saveCompetitor(forecourt, { name: 'Riverside' })).id
  await saveStock({ title: 'First', firstSeenAt: FIRST_RUN })
})
afterAll(() => forecourt.close())

type Stock = {
  title: string
  model?: string
  firstSeenAt?: string
  soldAt?: string
  updatedAt?: string
  by?: string
}

async function saveStock({ title, model, firstSeenAt, soldAt, updatedAt, by }: Stock) {
  const { rows } = await forecourt.sql(
    `insert into competitor_inventory (competitor_id, title, make, model, price, mileage,
      first_seen_at, last_seen_at, is_sold, sold_at, updated_at)
     values ($1, $2, 'HONDA', $3, 18900, 41000, $4, $4, $5, $6, coalesce($7, now())) returning id`,
    [
      by ?? competitor,
      title,
      model ?? 'Pilot',
      firstSeenAt ?? FIRST_RUN,
      soldAt !== undefined,
      soldAt ?? null,
      updatedAt ?? null,
    ],
  )
  return rows[0]?.id as string
}

const savePrice = (car: string, at: string, price: number) =>
  forecourt.sql(
    `insert into competitor_price_history (competitor_inventory_id, recorded_at, price)
     values ($1, $2, $3)`,
    [car, at, price],
  )

const load = () => loadCompetitorChanges({ payload: forecourt.payload }, PERIOD)

const clear = () => forecourt.sql(`delete from competitor_inventory where title <> 'First'`)

describe('what competitors changed', () => {
  it('are the cars listed in the period, except those of the first run of a competitor', async () => {
    const { id: by } = await saveCompetitor(forecourt, { name: 'New here' })
    await saveStock({ title: 'Also first', by, firstSeenAt: LAST_NIGHT })
    await saveStock({ title: 'Before', firstSeenAt: PERIOD.since })
    await saveStock({ title: 'Listed', firstSeenAt: PERIOD.until })
    await saveStock({ title: 'After', firstSeenAt: '2027-03-10T07:00:00.001Z' })
    expect(await load()).toMatchObject({
      listed: {
        count: 1,
        cars: [
          { title: 'Listed', dealer: 'Riverside', cents: 1_890_000, miles: 41_000, url: null },
        ],
      },
      repriced: { count: 0 },
      sold: { count: 0 },
    })
    await clear()
  })

  it('are the cars whose price differs from that before the period', async () => {
    const [lower, same, first] = [
      await saveStock({ title: 'Lower' }),
      await saveStock({ title: 'Lower and back' }),
      await saveStock({ title: 'First price' }),
    ]
    for (const car of [lower, same]) await savePrice(car, FIRST_RUN, 19_900)
    for (const car of [lower, same, first]) await savePrice(car, PERIOD.until, 18_500)
    await savePrice(same, PERIOD.until, 19_900)
    await savePrice(lower, '2027-03-09T12:00:00.000Z', 19_000)
    await forecourt.sql(
      `delete from competitor_price_history where price = 18500
      and competitor_inventory_id = $1`,
      [same],
    )
    expect((await load()).repriced).toMatchObject({
      count: 1,
      cars: [{ title: 'Lower', cents: 1_850_000, previousCents: 1_990_000 }],
    })
    await clear()
  })

  it('are the cars that a run in the period found sold, though they count as sold from before', async () => {
    const soldAt = '2027-03-08T02:00:00.000Z'
    await saveStock({ title: 'Sold', soldAt, updatedAt: LAST_NIGHT })
    await saveStock({ title: 'Sold before', soldAt, updatedAt: PERIOD.since })
    expect((await load()).sold).toMatchObject({ count: 1, cars: [{ title: 'Sold' }] })
    await clear()
  })

  it('begin with cars of makes and models that we sell, and are counted beyond ten', async () => {
    for (let number = 10; number < 25; number += 1)
      await saveStock({ title: `Car ${number}`, firstSeenAt: LAST_NIGHT })
    await saveStock({ title: 'Like ours', model: 'ACCORD', firstSeenAt: LAST_NIGHT })
    await saveCar(forecourt.payload, { make: 'Honda', model: 'Accord' })
    const { count, cars } = (await load()).listed
    expect([count, cars.length]).toEqual([16, 10])
    expect(cars.slice(0, 2).map(({ title }) => title)).toEqual(['Like ours', 'Car 10'])
  })
})
