import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Listing } from '../../plugins/market/domain/listing.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { anAccord, day, record } from '../support/sightings.ts'

const [BEGAN, SOLD] = [day(0), day(10)]
const KANSAS_CITY = { MARKET_LATITUDE: '39.0997', MARKET_LONGITUDE: '-94.5786' }
let forecourt: TestForecourt
let viewer: Api

/** A car at a price in dollars. */
const at = (number: number, dollars: number, about: Partial<Listing> = {}) =>
  anAccord(number, { cents: dollars * 100, ...about })

/** Two cars stay, one is sold on day 10, and others are not what is usually looked for. */
beforeAll(async () => {
  forecourt = await openForecourt(KANSAS_CITY)
  viewer = await forecourt.as('viewer')
  const other = [
    at(11, 5_000, { branded: true }),
    at(12, 50_000, { isNew: true }),
    at(13, 40_000, { model: 'Civic' }),
  ]
  const sold = at(2, 21_500, { trim: 'EX-L V6', position: { latitude: 39.1, longitude: -94.4 } })
  const moved = at(4, 18_000)
  await record(forecourt, 0, [at(1, 20_000), sold, moved, ...other])
  await record(forecourt, 3, [at(1, 19_500), { ...sold, cents: 2_100_000 }, at(3, 22_000), moved])
  await record(forecourt, 10, [at(1, 19_500), at(3, 22_000)])
  const elsewhere = { ...moved, dealer: 'Southside Cars' }
  for (const days of [14, 59])
    await record(forecourt, days, [at(1, 19_500), at(3, 22_000), elsewhere, ...other])
})
afterAll(() => forecourt.close())

const get = async (path: string) => (await viewer.get(`/api/market/${path}`).expect(200)).body
const ACCORDS = 'make=HONDA&model=accord'

describe('the cars of a market that were sold', () => {
  it('are those that are for sale nowhere any more, with what was asked for them at last', async () => {
    expect(await get(`sold?${ACCORDS}`)).toEqual({
      docs: [
        {
          vin: anAccord(2).vin,
          year: 2021,
          trim: 'EX-L V6',
          drivetrain: null,
          engine: null,
          isNew: null,
          mileage: 30_000,
          price: 21_000,
          firstPrice: 21_500,
          dealer: 'Northside Motors',
          city: 'Independence',
          state: 'MO',
          distanceMiles: 9.6,
          url: null,
          listedAt: BEGAN.toISOString(),
          soldAt: SOLD.toISOString(),
          daysOnMarket: 10,
        },
      ],
      total: 1,
      page: 1,
      limit: 50,
      medianPrice: 21_000,
      medianDaysOnMarket: 10,
      distanceProblem: null,
    })
  })

  it.each([
    ['trim=ex-l', 1],
    ['trim=EX', 0],
    ['days=49', 0],
    ['fromYear=2021&toYear=2021', 1],
    ['fromYear=2022', 0],
    ['toMiles=29999', 0],
    ['fromMiles=30000&toMiles=30000', 1],
    ['title=branded', 0],
    ['condition=new', 1],
    ['condition=all', 1],
    ['page=2', 1],
  ])('can be narrowed: %s', async (query, total) => {
    expect((await get(`sold?${ACCORDS}&${query}`)).total).toBe(total)
  })
})

describe('the history of a market', () => {
  it('is what its cars cost and how many were listed, repriced and sold in each week', async () => {
    const { periods } = await get(`history?${ACCORDS}`)
    const sum = (name: 'listed' | 'repriced' | 'sold') =>
      periods.reduce(
        (total: number, period: Record<typeof name, number>) => total + period[name],
        0,
      )
    expect([sum('listed'), sum('repriced'), sum('sold')]).toEqual([2, 2, 1])
    const first = new Date(periods[0].from as string)
    expect([first.getUTCDay(), first <= BEGAN]).toEqual([1, true])
    expect(periods.at(-1)).toMatchObject({ cars: 3, medianPrice: 19_500, lowestPrice: 18_000 })
  })

  it('begins when it is asked to, and can be by month', async () => {
    const { periods } = await get(`history?${ACCORDS}&days=1&by=month`)
    expect(periods.at(-1)).toMatchObject({ cars: 3, sold: 0 })
    expect(periods.length).toBeLessThanOrEqual(2)
    expect(periods[0].from).toMatch(/-01T00:00:00.000Z$/)
  })

  it('is empty where no such car was ever seen', async () => {
    expect(await get('history?make=Honda&model=Prelude')).toEqual({ periods: [] })
  })

  it('of branded titles is apart', async () => {
    const { periods } = await get(`history?${ACCORDS}&title=branded`)
    expect(periods.at(-1)).toMatchObject({ cars: 1, medianPrice: 5_000 })
  })
})

describe('what sightings tell', () => {
  it('is for staff alone', async () => {
    const { api: owner } = await forecourt.asOwner('garage admin')
    for (const path of ['sold', 'history']) {
      await forecourt.anonymous.get(`/api/market/${path}?${ACCORDS}`).expect(401)
      await owner.get(`/api/market/${path}?${ACCORDS}`).expect(403)
    }
  })

  it.each([
    'sold?model=Accord',
    'history?make=Honda',
    `sold?${ACCORDS}&limit=101`,
    `sold?${ACCORDS}&page=0`,
    `sold?${ACCORDS}&days=366`,
    `history?${ACCORDS}&by=day`,
    `history?${ACCORDS}&fromYear=20`,
    `history?${ACCORDS}&title=salvage`,
    `sold?${ACCORDS}&color=red`,
  ])('is not what %s asks', async (path) => {
    await viewer.get(`/api/market/${path}`).expect(400)
  })
})
